import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readGlyphTable, type GlyphTable } from './glyph-table.js'
import { unpackWoff } from './woff.js'

/** A font file: one of the parts of the bundled font. */
export interface Typeface extends GlyphTable {
  name: string
  /** TrueType. */
  content: Buffer
}

const PACKAGE = '@fontsource/noto-sans-sc'
/** All common simplified characters, punctuation, Latin letters and digits. */
const COMMON_PART = 'chinese-simplified'

/**
 * Ligatures, variants and kerning. Without them a character has one glyph of one width, so that what is measured is
 * what is drawn, what is copied out of the PDF is what was written, and a page costs a third.
 */
const REFINEMENTS = ['GSUB', 'GPOS', 'kern']

const files = join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'files')
const opened = new Map<string, Typeface>()
let ranges: Array<{ from: number; to: number; part: string }> | undefined

/** The face that most of a text is set in. */
export const commonTypeface = (): Typeface => part(COMMON_PART)

/**
 * The face that can draw a character: the common part, or the one of the hundred further parts that lists it (rare
 * surnames such as 禤, traditional forms). Undefined when the bundled font cannot draw it at all.
 */
export function typefaceFor(codePoint: number): Typeface | undefined {
  const common = commonTypeface()
  if (common.has(codePoint)) return common
  ranges ??= readRanges()
  const listed = ranges.find(({ from, to }) => from <= codePoint && codePoint <= to)
  const face = listed && part(listed.part)
  return face?.has(codePoint) ? face : undefined
}

/** Opened once for the whole process: unpacking the common part costs about 50 ms and 3 MB. */
function part(name: string): Typeface {
  let face = opened.get(name)
  if (!face) {
    const content = unpackWoff(readFileSync(join(files, `noto-sans-sc-${name}-400-normal.woff`)), REFINEMENTS)
    face = { name: `noto-sans-sc-${name}`, content, ...readGlyphTable(content) }
    opened.set(name, face)
  }
  return face
}

/** The package says which part holds what: `{ "[4]": "U+1f1e9-1f1f5,U+21", "latin": … }`. */
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
