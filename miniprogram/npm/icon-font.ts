import fs from 'node:fs'

/** The file of Vant's package that contains the font as a data URI. */
const FONT_SOURCE = 'node_modules/@vant/icons/src/encode-woff2.less'

/**
 * Replaces Vant's remote icon font by one inside the style sheet. So icons work without a network, and no other server
 * learns who opens the program.
 * @throws {Error} when one of the files has an unexpected form, because missing icons would be noticed only on a phone.
 */
export function withOwnIconFont(wxss: string): string {
  const font = /url\('(data:font\/woff2[^']+)'\)/.exec(fs.readFileSync(FONT_SOURCE, 'utf8'))?.[1]
  if (!font) throw new Error(`no font in ${FONT_SOURCE}`)
  const replaced = wxss.replace(/src:url\(\/\/at\.alicdn\.com[^;}]+/, `src:url("${font}") format("woff2")`)
  if (replaced === wxss) throw new Error('no remote font to replace in the icon component')
  return replaced
}
