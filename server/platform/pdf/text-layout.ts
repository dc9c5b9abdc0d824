import { commonTypeface, typefaceFor, type Typeface } from './typefaces.js'

/** Text in one typeface on one line. */
export interface Run {
  face: Typeface
  text: string
  /** As a factor of the text size. */
  width: number
}

export type Line = readonly Run[]

/** The marks of characters that no bundled typeface can draw. Filled during layout. */
export type Missing = Set<string>

/** The mark printed instead of a character that cannot be drawn: 𠮷 becomes 〔U+20BB7〕. */
export const markOf = (codePoint: number): string =>
  `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`

/** The letters and digits of one word, or a single character, with combining characters. */
const WORD = /(?:[\p{Script=Latin}\d.,:+-]+|.)\p{M}*/gsu

export const widthOf = (line: Line): number => line.reduce((sum, { width }) => sum + width, 0)

/**
 * Breaks a text into lines. Chinese may break between any two characters. A Latin word, a number or a mark moves to the
 * next line as a whole when it fits there. White space, line breaks included, becomes one space. No character is lost.
 * @param measure width of a line as a factor of the text size
 */
export function linesOf(text: string, measure: number, missing: Missing): Line[] {
  const lines: Run[][] = [[]]
  let room = measure
  for (const word of wordsOf(text, missing)) {
    const width = widthOf(word)
    if (width > room && room < measure && width <= measure) room = startLine(lines, measure)
    for (const run of word) {
      if (run.width > room && room < measure) room = startLine(lines, measure)
      append(lines.at(-1) ?? [], run)
      room -= run.width
    }
  }
  return lines
}

function startLine(lines: Run[][], measure: number): number {
  lines.push([])
  return measure
}

/** The units that should not be split: a Han character with its combining characters, or the letters of a word. */
function* wordsOf(text: string, missing: Missing): Generator<Run[]> {
  for (const [word] of text.replace(/\s+/g, ' ').matchAll(WORD)) {
    yield [...word].flatMap((character) => runsOf(character, missing))
  }
}

function runsOf(character: string, missing: Missing): Run[] {
  const codePoint = character.codePointAt(0) ?? 0
  const face = typefaceFor(codePoint)
  if (face) return [{ face, text: character, width: face.advance(codePoint) }]
  const mark = markOf(codePoint)
  missing.add(mark)
  const common = commonTypeface()
  return [...mark].map((text) => ({ face: common, text, width: common.advance(text.codePointAt(0) ?? 0) }))
}

function append(line: Run[], run: Run): void {
  const last = line.at(-1)
  if (last?.face !== run.face) {
    line.push({ ...run })
    return
  }
  last.text += run.text
  last.width += run.width
}
