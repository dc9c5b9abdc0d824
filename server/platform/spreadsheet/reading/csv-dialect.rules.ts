import type { SheetCell } from './sheet-source.js'

/** Counts the known column names among the texts of a line. A text file does not say what separates its columns. */
export type NamedColumns = (texts: readonly string[]) => number

export type Delimiter = ',' | ';' | '\t'

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';']
/** Lines in which the header is searched. Titles and remarks may stand above the header. */
const LINES = 60

/** The delimiter that gives the most known column names in one of the first lines; a comma when none gives any. */
export function delimiterOf(opening: string, namedColumns: NamedColumns): Delimiter {
  const lines = opening.split(/\r\n|\n|\r/, LINES)
  let best: { delimiter: Delimiter; columns: number } = { delimiter: ',', columns: 0 }
  for (const line of lines) {
    for (const delimiter of DELIMITERS) {
      const columns = namedColumns(line.split(delimiter).map((field) => field.replace(/^\s*"|"\s*$/g, '')))
      if (columns > best.columns) best = { delimiter, columns }
    }
  }
  return best.delimiter
}

/** The delimiter that a first line such as `sep=;` states. Excel writes that line; it is no row of the table. */
export const announcedDelimiter = (opening: string): Delimiter | undefined => {
  const announced = /^sep=(.)\r?(?:\n|$)/i.exec(opening)?.[1]
  return DELIMITERS.find((delimiter) => delimiter === announced)
}

/**
 * A field of a text file as a cell. Programs write `="…"` so that Excel does not change a number. Text has no types,
 * with one exception: Excel writes the number 1983.10 as 1983.1, so such a month may have lost a digit and is kept as
 * a number.
 */
export function textCell(field: string): SheetCell {
  const guarded = /^\s*="((?:[^"]|"")*)"\s*$/.exec(field)?.[1]
  const text = guarded === undefined ? field : guarded.replaceAll('""', '"')
  return guarded === undefined && /^\s*\d{4}\.1\s*$/.test(text) ? { text, number: Number(text) } : { text }
}
