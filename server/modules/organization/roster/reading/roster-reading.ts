import { UnreadableFile } from '../../../../platform/spreadsheet/reading/unreadable-file.error.js'
import type { Answering } from '../../../../platform/threads/conversation.js'
import { Duplicates } from '../roster-duplicates.rules.js'
import type { RosterPerson } from '../roster-person.js'
import { readRosterRow, type RosterRow } from '../roster-row.rules.js'
import { openRoster } from './roster-file.reader.js'
import type { RosterColumn } from './roster-sheet.rules.js'

/** The number of rows that are passed on and stored at a time. */
const ROWS_AT_ONCE = 200

export interface ReadRow {
  rowNumber: number
  /** Text of every column, for giving the row back unchanged. */
  original: string[]
  /** Text of the cells of name and unit, valid or not. */
  name: string
  unitName: string
  /** Null when there are problems. */
  person: RosterPerson | null
  problems: Array<{ heading: string; reason: string }>
  notes: string[]
}

/** The first step: the whole file has been checked and can be used. */
export interface RosterHead {
  step: 'head'
  sheetName: string
  columns: RosterColumn[]
  people: number
}

export type ReadingStep =
  | RosterHead
  | { step: 'rows'; rows: ReadRow[] }
  /** The last step: remarks on the file. */
  | { step: 'end'; notes: string[] }

export interface ReadingOptions {
  /** The business day, 'YYYY-MM-DD'. */
  today: string
  /**
   * Rows up to this number are stored already: later rows are compared with them, but they are not returned again.
   */
  after: number
}

export interface ReaderTask {
  bytes: ArrayBuffer
  options: ReadingOptions
}

/** What the thread answers to each question; null when there is no more. */
export type ReaderAnswer = ReadingStep | { step: 'refused'; code: string; message: string } | null

/** The reading as a thread does it: one step for each question. */
export const rosterReader: Answering<ReaderTask, null, ReaderAnswer> = ({ bytes, options }) => {
  const steps = readRoster(Buffer.from(bytes), options)
  return async () => {
    try {
      return (await steps.next()).value ?? null
    } catch (error) {
      // An error loses its class when it leaves a thread, so a refusal is an answer. Any other error ends the thread,
      // and the caller's wait fails.
      if (!(error instanceof UnreadableFile)) throw error
      return { step: 'refused', code: error.code, message: error.message }
    }
  }
}

/**
 * Reads a member roster from the bytes of a file. Memory holds the texts of the file and a few hundred rows, never the
 * table. Needs neither database nor settings: it runs in a thread of its own.
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export async function* readRoster(
  bytes: Buffer,
  { today, after }: ReadingOptions,
): AsyncGenerator<ReadingStep, undefined> {
  const { sheetName, layout, people, notes } = await openRoster(bytes)
  yield { step: 'head', sheetName, columns: layout.columns, people: layout.people }
  const duplicates = new Duplicates()
  let rows: ReadRow[] = []
  for await (const some of people()) {
    for (const row of some) {
      const read = readRow(row, today, duplicates)
      if (row.rowNumber <= after) continue
      rows.push(read)
      if (rows.length < ROWS_AT_ONCE) continue
      yield { step: 'rows', rows }
      rows = []
    }
  }
  if (rows.length > 0) yield { step: 'rows', rows }
  yield { step: 'end', notes: await notes() }
  return undefined
}

function readRow(row: RosterRow, today: string, duplicates: Duplicates): ReadRow {
  const reading = readRosterRow(row, today)
  const { problem, note } = duplicates.look(row.rowNumber, reading)
  const problems = [...('problems' in reading ? reading.problems : []), ...(problem ? [problem] : [])]
  const person = problems.length === 0 && 'person' in reading ? reading.person : null
  return {
    rowNumber: row.rowNumber,
    original: row.original,
    name: person?.name ?? row.cells.name?.text.trim() ?? '',
    unitName: person?.unitName ?? row.cells.unit?.text.trim() ?? '',
    person,
    problems: problems.map(({ heading, reason }) => ({ heading, reason })),
    notes: [...(row.hidden ? ['这一行在文件里是隐藏的'] : []), ...reading.notes, ...(note ? [note] : [])],
  }
}
