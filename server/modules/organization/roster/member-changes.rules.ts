import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { ImportRowChange } from '../../../contracts/organization/roster-import.js'
import { isComputed } from '../dues/rules.js'
import type { MemberRecord } from '../members/index.js'
import {
  fieldRecord,
  headingOf,
  ROSTER_FIELDS,
  type FieldValue,
  type RosterField,
  type RosterRecords,
} from './roster-fields.js'
import type { RosterPerson } from './roster-person.js'

/** A member as stored, with what the comparison needs besides the row itself. */
export interface StoredMember {
  member: MemberRecord
  unitName: string
  /** Class and base by which the member pays now: of the open assessment, else of the roster. */
  duesClass: DuesClass
  baseFen: number | null
}

type KeptAs<F extends RosterField> = RosterRecords[F] extends { keptAs: infer Name extends string } ? Name : F
/** Where a change is kept: a column of the member, or the base of an assessment. */
export type ChangedField = { [F in RosterField]: KeptAs<F> }[RosterField]

/** A proposed change as it is shown, with the exact stored value, because the shown one may be masked. */
export interface MemberChange extends ImportRowChange {
  field: ChangedField
  /** The value that was stored when the change was proposed. */
  from: string | number | boolean | null
}

/** Every field as it is compared: a unit by its id. */
type ComparedValues = { [F in RosterField]: FieldValue<F> | null }

const COMPARED_FIELDS = ROSTER_FIELDS.filter((field) => fieldRecord(field).compared !== false)
const NONE = '（空）'

/** What a row of the file would change, field by field. */
export function changesOf(
  { member, ...stored }: StoredMember,
  person: RosterPerson,
  unitId: string,
  unitName: string,
): MemberChange[] {
  const before: ComparedValues = {
    ...member,
    duesClass: stored.duesClass,
    unit: member.unitId,
    base: stored.baseFen,
  }
  const after: ComparedValues = {
    ...person,
    unit: unitId,
    base: isComputed(person.duesClass) ? person.baseFen : null,
  }
  return COMPARED_FIELDS.flatMap((field) => changeOf(field, before[field], after[field]) ?? []).map(
    (change) =>
      change.field === 'unitId' ? { ...change, before: stored.unitName, after: unitName } : change,
  )
}

/** An empty cell changes nothing: a unit leaves a cell empty when it does not keep that value. */
function changeOf<F extends RosterField>(
  field: F,
  before: FieldValue<F> | null,
  after: FieldValue<F> | null,
): MemberChange | null {
  if (after === null || after === before) return null
  const { show = String, keptAs } = fieldRecord(field)
  return {
    field: (keptAs ?? field) as ChangedField,
    heading: headingOf(field),
    from: before,
    before: before === null ? NONE : show(before),
    after: show(after),
  }
}

/** A change of branch is a transfer of the organizational relation: it is proposed, but an officer ticks it by hand. */
export const isTickedAtFirst = (changes: readonly MemberChange[]): boolean =>
  changes.length > 0 && !changes.some(({ field }) => field === 'unitId')

/** Whether two lists of changes, of one row at two times, start from the same values and touch the same fields. */
export const areSameChanges = (one: readonly MemberChange[], other: readonly MemberChange[]): boolean =>
  one.length === other.length &&
  one.every(({ field, from }, index) => other[index]?.field === field && other[index].from === from)

/** The columns of the member that the changes touch, with their new values; the base is no column of the member. */
export function columnsOf(
  changes: readonly MemberChange[],
  person: RosterPerson,
  unitId: string,
): Partial<MemberRecord> {
  const after = { ...person, unitId }
  return Object.fromEntries(
    changes.flatMap(({ field }) => (field === 'baseFen' ? [] : [[field, after[field]]])),
  )
}

/** Whether the row brings a new assessment for the member. */
export const needsAssessment = (
  stored: Pick<StoredMember, 'duesClass' | 'baseFen'>,
  person: RosterPerson,
): boolean => {
  if (isComputed(person.duesClass) && person.baseFen === null) return false
  return (
    stored.duesClass !== person.duesClass ||
    (isComputed(person.duesClass) && stored.baseFen !== person.baseFen)
  )
}
