import { commonTypeface, typefaceFor, type Typeface } from './typefaces.js'

/** Text in one face, on one line. */
export interface Run {
  face: Typeface
  text: string
  /** In parts of the text size. */
  width: number
}

export type Line = readonly Run[]

/** What no bundled face can draw, by its mark. Filled while text is laid out. */
export type Missing = Set<string>

/** How a character is written that cannot be drawn: 𠮷 becomes 〔U+20BB7〕. */
export const markOf = (codePoint: number): string =>
  `〔U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}〕`

/** Letters and digits of one word, or any single character; with what combines with them. */
const WORD = /(?:[\p{Script=Latin}\d.,:+-]+|.)\p{M}*/gsu

export const widthOf = (line: Line): number => line.reduce((sum, { width }) => sum + width, 0)

/**
 * Breaks a text into lines no wider than `measure` parts of the text size. Chinese breaks between any two
 * characters; a Latin word, a number or a mark goes to the next line whole, when that is wide enough for it. Line breaks and other
 * white space become one space. Nothing is ever left out.
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

/** What belongs together: a Han character with the marks that combine with it, or the letters of a word. */
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
