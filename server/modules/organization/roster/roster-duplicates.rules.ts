import { headingOf } from './roster-columns.rules.js'
import type { RowProblem, RowReading } from './roster-row.rules.js'

export interface ReadRow {
  rowNumber: number
  reading: Pick<RowReading, 'idNumber' | 'phone'>
}

/** Rows to refuse because an earlier one is the same person, and remarks on rows that share a telephone. */
export interface Duplicates {
  repeated: { rowNumber: number; firstRowNumber: number; problem: RowProblem }[]
  notes: { rowNumber: number; note: string }[]
}

/**
 * Compares the rows of one file, given in its order, refused rows among them: the later of two is refused whether or
 * not the earlier one is sound. A shared telephone is no fault: couples often have one.
 */
export function findDuplicates(rows: readonly ReadRow[]): Duplicates {
  const firstById = new Map<string, number>()
  const firstByPhone = new Map<string, number>()
  const duplicates: Duplicates = { repeated: [], notes: [] }
  for (const { rowNumber, reading } of rows) {
    const { idNumber, phone } = reading
    const firstRowNumber = idNumber === null ? undefined : firstById.get(idNumber)
    if (firstRowNumber !== undefined) {
      const reason = `与第 ${firstRowNumber} 行是同一公民身份号码，请只保留一行`
      duplicates.repeated.push({
        rowNumber,
        firstRowNumber,
        problem: { field: 'idNumber', heading: headingOf('idNumber'), reason },
      })
      continue
    }
    if (idNumber !== null) firstById.set(idNumber, rowNumber)
    if (phone === null) continue
    const sharedWith = firstByPhone.get(phone)
    if (sharedWith === undefined) firstByPhone.set(phone, rowNumber)
    else duplicates.notes.push({ rowNumber, note: `联系电话与第 ${sharedWith} 行相同` })
  }
  return duplicates
}
