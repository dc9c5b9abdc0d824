export interface PaperColumn {
  heading: string
  /** Relative width, in proportion to the other columns. */
  share: number
  align?: Alignment
}

export type Alignment = 'left' | 'right' | 'center'

/** A table to be printed on A4, for the notice board or the archive. */
export interface Paper {
  title: string
  /** Beneath the title, one paragraph each. */
  remarks: readonly string[]
  columns: readonly PaperColumn[]
  /** One text for each column. */
  rows: readonly (readonly string[])[]
  /** Below the table, one paragraph each. */
  closing: readonly string[]
  printedAt: Date
}
