/** One cell as it was found: the text a person sees, and the date or number it really is, if it is one. */
export interface SheetCell {
  text: string
  /** 'YYYY-MM-DD' of a true date cell. */
  date?: string
  number?: number
}

/** A row of a file with its cells from the first column on. Missing cells are empty ones. */
export interface GridRow {
  /** As Excel counts it, from 1. */
  rowNumber: number
  cells: SheetCell[]
  /** Number of the last column with content, from 1, when it lies beyond the columns that are read. */
  beyond?: number
  /** Hidden by hand or by a filter. */
  hidden?: boolean
}

/** A table whose columns are not known yet. It is read more than once: each call of `rows` starts at the top. */
export interface SheetSource {
  /** Empty for a text file. */
  name: string
  /** Whether day numbers count from 1904, as in workbooks begun on old Macintoshes. */
  date1904: boolean
  /** Rows with content, in order, in batches of any size. @throws UnreadableFile */
  rows(): AsyncGenerator<GridRow[]>
}

/** Rows of one sheet at most, blank ones included: 100,000 rows of data and the rows around them. */
export const MAX_SHEET_ROWS = 150_000
/** Columns that are read. */
export const MAX_COLUMNS = 60
/** The last column of Excel, XFD. */
export const MAX_SHEET_COLUMNS = 16_384

export const holdsText = ({ cells, beyond }: GridRow): boolean =>
  beyond !== undefined ||
  cells.some((cell: SheetCell | undefined) => cell !== undefined && cell.text.trim() !== '')
