import { headingOf } from './roster-fields.js'
import type { RowProblem, RowReading } from './roster-row.rules.js'

/**
 * Compares the rows of one file in their order, with refused rows. Of two rows with one ID number the later is
 * refused, even when the earlier is refused too. A shared telephone is no fault: couples often have one.
 */
export class Duplicates {
  private readonly firstById = new Map<string, number>()
  private readonly firstByPhone = new Map<string, number>()

  /** @returns why the row is refused, or a remark on it, when an earlier row has the same number */
  look(
    rowNumber: number,
    { idNumber, phone }: Pick<RowReading, 'idNumber' | 'phone'>,
  ): { problem?: RowProblem; note?: string } {
    const firstRow = idNumber === null ? undefined : this.firstById.get(idNumber)
    if (firstRow !== undefined) {
      const reason = `与第 ${firstRow} 行是同一公民身份号码，请只保留一行`
      return { problem: { field: 'idNumber', heading: headingOf('idNumber'), reason } }
    }
    if (idNumber !== null) this.firstById.set(idNumber, rowNumber)
    if (phone === null) return {}
    const sharedWith = this.firstByPhone.get(phone)
    if (sharedWith === undefined) this.firstByPhone.set(phone, rowNumber)
    return sharedWith === undefined ? {} : { note: `联系电话与第 ${sharedWith} 行相同` }
  }
}
