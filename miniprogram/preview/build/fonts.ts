import fs from 'node:fs'
import path from 'node:path'
import { isFile, type SourceTree } from './source-tree.js'
import type { ProblemList } from './problems.js'

const TEXT_FONT = '@fontsource/noto-sans-sc'
const ICON_FONT = '@vant/icons'
const WEIGHTS = [400, 700]
/** Where ranges overlap, the later face is used. So Latin comes after the face that contains everything. */
const FACES = [
  { subset: 'chinese-simplified', range: '' },
  { subset: 'latin', range: 'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC' },
]

/** Copies the bundled text font, so that pages look the same on a machine without Chinese fonts. */
export function writeTextFonts(tree: SourceTree, outDir: string, problems: ProblemList): void {
  const directory = tree.installed(TEXT_FONT)
  if (!directory) {
    problems.add(TEXT_FONT, 'is not installed')
    return
  }
  fs.mkdirSync(path.join(outDir, 'fonts'), { recursive: true })
  const rules = FACES.flatMap((face) =>
    WEIGHTS.map((weight) => {
      const name = `noto-sans-sc-${face.subset}-${weight}-normal.woff2`
      fs.copyFileSync(path.join(directory, 'files', name), path.join(outDir, 'fonts', name))
      return [
        `@font-face{font-family:"Preview Sans";font-weight:${weight};font-display:block`,
        `src:url(fonts/${name}) format("woff2")${face.range ? `;unicode-range:${face.range}` : ''}}`,
      ].join(';')
    }),
  )
  fs.writeFileSync(path.join(outDir, 'fonts.css'), `${rules.join('\n')}\n`)
}

/** Vant loads its icon font from a CDN. The package @vant/icons contains the same font as a data URI. */
export function vantIconReplacement(tree: SourceTree): (fontSource: string) => string {
  const directory = tree.installed(ICON_FONT)
  const file = directory && path.join(directory, 'src/encode-woff2.less')
  const embedded =
    file && isFile(file)
      ? /url\('(data:font\/woff2[^']+)'\)/.exec(fs.readFileSync(file, 'utf8'))?.[1]
      : undefined
  if (!embedded) return (fontSource) => fontSource
  return (fontSource) =>
    fontSource.includes('at.alicdn.com/t/c/font_2553510_') ? `url(${embedded}) format("woff2")` : fontSource
}
