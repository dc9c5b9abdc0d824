import { newId } from '../../../platform/database/ids.js'
import { idNumberIndexOf, phoneIndexOf, type MemberRecord } from '../members/index.js'
import { columnsOf, type MemberChange } from './member-changes.rules.js'
import { memberFacts, type RosterPerson } from './roster-person.js'

/** Somebody who is not stored yet, as their row states them. */
export const importedMember = (person: RosterPerson, unitId: string, now: Date): MemberRecord => ({
  ...memberFacts(person),
  id: newId(),
  unitId,
  idNumberIndex: idNumberIndexOf(person.idNumber),
  phoneIndex: person.phone === null ? null : phoneIndexOf(person.phone),
  createdAt: now,
  updatedAt: now,
})

/** What to write of a member who is stored: what the changes name, and nothing else. */
export function importedChanges(
  changes: readonly MemberChange[],
  person: RosterPerson,
  unitId: string,
): Partial<MemberRecord> {
  const columns = columnsOf(changes, person, unitId)
  const phoneIndex = columns.phone ? { phoneIndex: phoneIndexOf(columns.phone) } : {}
  return { ...columns, ...phoneIndex }
}
