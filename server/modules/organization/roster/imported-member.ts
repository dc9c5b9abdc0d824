import { newId } from '../../../platform/database/ids.js'
import { idNumberIndexOf, phoneIndexOf, type MemberRecord } from '../members/index.js'
import { columnsOf, type MemberChange } from './member-changes.rules.js'
import { memberFacts, type RosterPerson } from './roster-person.js'

/** A new member with the values of the row. */
export const importedMember = (person: RosterPerson, unitId: string, now: Date): MemberRecord => ({
  ...memberFacts(person),
  id: newId(),
  unitId,
  rights: 'full',
  art23: 'none',
  idNumberIndex: idNumberIndexOf(person.idNumber),
  phoneIndex: person.phone === null ? null : phoneIndexOf(person.phone),
  createdAt: now,
  updatedAt: now,
})

/** The columns to update of a stored member: only those that the changes name, and those that facts and numbers do not own. */
export function importedChanges(
  changes: readonly MemberChange[],
  person: RosterPerson,
  unitId: string,
): Partial<MemberRecord> {
  const {
    unitId: _,
    category: __,
    standing: ___,
    duesClass: ____,
    phone: _____,
    ...columns
  } = columnsOf(changes, person, unitId)
  return columns
}
