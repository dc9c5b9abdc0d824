import type { SheetCell } from './sheet-source.js'

/** How many known columns a line of texts names: a text does not say by itself what separates its columns. */
export type NamedColumns = (texts: readonly string[]) => number

export type Delimiter = ',' | ';' | '\t'

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';']
/** Lines among which the header is looked for: titles and remarks stand above it. */
const LINES = 60

/** The delimiter with which one of the first lines names the most columns; a comma when none does. */
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

/** Excel's announcement of the delimiter in the first line, which is no row of the table: `sep=;` */
export const announcedDelimiter = (opening: string): Delimiter | undefined => {
  const announced = /^sep=(.)\r?(?:\n|$)/i.exec(opening)?.[1]
  return DELIMITERS.find((delimiter) => delimiter === announced)
}

/**
 * A field of a text file as a cell. Programs guard numbers against Excel by `="…"`. Text says nothing about types, with
 * one exception: Excel writes the number 1983.10 as 1983.1, so that such a month may have lost a digit.
 */
export function textCell(field: string): SheetCell {
  const guarded = /^\s*="((?:[^"]|"")*)"\s*$/.exec(field)?.[1]
  const text = guarded === undefined ? field : guarded.replaceAll('""', '"')
  return guarded === undefined && /^\s*\d{4}\.1\s*$/.test(text) ? { text, number: Number(text) } : { text }
}
