import { fieldRecord, REQUIRED_COLUMNS, ROSTER_FIELDS, type RosterField } from './roster-fields.js'

/** Which column of a roster holds what, whatever the heading is called in this county. */

const FIELD_BY_HEADING = new Map(
  ROSTER_FIELDS.flatMap((field) => fieldRecord(field).headings.map((heading) => [heading, field] as const)),
)

/** A heading without spaces, line breaks, full-width forms, asterisks and remarks in brackets. */
export function normaliseHeading(heading: string): string {
  const plain = heading
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/[*※★:]/g, '')
  // Brackets may not be nested here: otherwise each of thousands of unclosed brackets would be searched to the end.
  return plain.replace(/[([【〔「{][^([【〔「{)\]】〕」}]*[)\]】〕」}]/g, '') || plain
}

/** The field a heading stands for, or null for a column we do not keep. */
export function fieldOfHeading(heading: string): RosterField | null {
  return FIELD_BY_HEADING.get(normaliseHeading(heading)) ?? null
}

/** Every field with the first column (index into `headings`) that carries it. */
export function layOutColumns(headings: readonly string[]): Map<RosterField, number> {
  const layout = new Map<RosterField, number>()
  headings.forEach((heading, index) => {
    const field = fieldOfHeading(heading)
    if (field && !layout.has(field)) layout.set(field, index)
  })
  return layout
}

/** One known heading may be a word in a title or a remark; three in one row are a header. */
const HEADER_SCORE = 3

/** Whether a row of texts is a header row: it names at least three different fields. */
export function looksLikeHeader(texts: readonly string[]): boolean {
  return layOutColumns(texts).size >= HEADER_SCORE
}

/** The required fields a header row leaves out. */
export function missingColumns(texts: readonly string[]): RosterField[] {
  const layout = layOutColumns(texts)
  return REQUIRED_COLUMNS.filter((field) => !layout.has(field))
}
