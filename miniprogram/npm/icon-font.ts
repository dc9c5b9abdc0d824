import fs from 'node:fs'

/** The font as a data URI, beside the classes that use it. */
const FONT_SOURCE = 'node_modules/@vant/icons/src/encode-woff2.less'

/**
 * Vant loads its icons from somebody else's server. Ours carry them along: icons are there without a network,
 * and nobody learns who opens the program.
 * @throws {Error} when either file no longer looks as expected, because tofu would be seen only on a phone.
 */
export function withOwnIconFont(wxss: string): string {
  const font = /url\('(data:font\/woff2[^']+)'\)/.exec(fs.readFileSync(FONT_SOURCE, 'utf8'))?.[1]
  if (!font) throw new Error(`no font in ${FONT_SOURCE}`)
  const replaced = wxss.replace(/src:url\(\/\/at\.alicdn\.com[^;}]+/, `src:url("${font}") format("woff2")`)
  if (replaced === wxss) throw new Error('no remote font to replace in the icon component')
  return replaced
}
