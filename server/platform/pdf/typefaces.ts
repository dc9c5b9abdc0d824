import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readGlyphTable, type GlyphTable } from './glyph-table.js'
import { unpackWoff } from './woff.js'

/** One file of the bundled font. */
export interface Typeface extends GlyphTable {
  name: string
  /** The TrueType file. */
  content: Buffer
}

const PACKAGE = '@fontsource/noto-sans-sc'
/** All common simplified characters, punctuation, Latin letters and digits. */
const COMMON_PART = 'chinese-simplified'

/**
 * Tables for ligatures, variants and kerning. Without them each character has one glyph with one width. So measured and
 * drawn widths agree, text copied from the PDF is correct, and a page takes a third of the time.
 */
const REFINEMENTS = ['GSUB', 'GPOS', 'kern']

const files = join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'files')
const opened = new Map<string, Typeface>()
let ranges: Array<{ from: number; to: number; part: string }> | undefined

/** The typeface for most of a text. */
export const commonTypeface = (): Typeface => part(COMMON_PART)

/**
 * The typeface that can draw a character: the common part, or one of about a hundred further parts (rare surnames such
 * as 禤, traditional forms). Undefined when the bundled font has no glyph for it.
 */
export function typefaceFor(codePoint: number): Typeface | undefined {
  const common = commonTypeface()
  if (common.has(codePoint)) return common
  ranges ??= readRanges()
  const listed = ranges.find(({ from, to }) => from <= codePoint && codePoint <= to)
  const face = listed && part(listed.part)
  return face?.has(codePoint) ? face : undefined
}

/** Opens a part once for the whole process. Unpacking the common part takes about 50 ms and 3 MB. */
function part(name: string): Typeface {
  let face = opened.get(name)
  if (!face) {
    const content = unpackWoff(readFileSync(join(files, `noto-sans-sc-${name}-400-normal.woff`)), REFINEMENTS)
    face = { name: `noto-sans-sc-${name}`, content, ...readGlyphTable(content) }
    opened.set(name, face)
  }
  return face
}

/** Reads which part holds which characters from the package: `{ "[4]": "U+1f1e9-1f1f5,U+21", "latin": … }`. */
function readRanges(): Array<{ from: number; to: number; part: string }> {
  const file = require.resolve(`${PACKAGE}/unicode.json`)
  const parts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return Object.entries(parts).flatMap(([name, list]) =>
    list.split(',').map((range) => {
      const [from = NaN, to = from] = range
        .trim()
        .slice('U+'.length)
        .split('-')
        .map((code) => Number.parseInt(code, 16))
      return { from, to, part: name.replace(/[[\]]/g, '') }
    }),
  )
}
