import type { IdNumberFacts } from '../members/rules.js'
import {
  fieldRecord,
  ROSTER_FIELDS,
  type FieldValue,
  type ReadValue,
  type RosterField,
  type RosterRecords,
} from './roster-fields.js'

/** What the cells of a row say: null is an empty cell, undefined a refused one. */
export type RowValues = { [F in RosterField]?: ReadValue<F> | null }

type IsRequired = { required: string }
type StatedValues = {
  [F in RosterField]: RosterRecords[F] extends IsRequired ? FieldValue<F> : FieldValue<F> | null
}

/**
 * A valid row: every field by its name, null where the file says nothing. Days are 'YYYY-MM-DD', codes those of the
 * national tables, amounts whole fen. Sex and birth date are those of the ID number.
 */
export interface RosterPerson
  extends Omit<StatedValues, 'sex' | 'birthDate' | 'unit' | 'base'>, IdNumberFacts {
  /** As written in the file; `RowClassifier` finds the unit by it. */
  unitName: string
  baseFen: number | null
}

/** The person of a row without problems. */
export function personOf(values: RowValues, facts: IdNumberFacts, today: string): RosterPerson {
  const { unit, base, ...stated } = Object.fromEntries(
    ROSTER_FIELDS.map((field) => [field, kept(values[field])]),
  ) as StatedValues
  const { regularizedOn } = stated
  return {
    ...stated,
    ...facts,
    // A future day is only a plan, so it is not stored.
    regularizedOn: regularizedOn !== null && regularizedOn <= today ? regularizedOn : null,
    unitName: unit,
    baseFen: base,
  }
}

const kept = (value: RowValues[RosterField]) =>
  typeof value === 'object' && value !== null ? value.day : (value ?? null)

/** Fields that are columns of the member. A unit is found by its name, a base becomes an assessment. */
type MemberField = Exclude<RosterField, 'unit' | 'base'>
const MEMBER_FIELDS = ROSTER_FIELDS.filter((field) => !fieldRecord(field).keptAs) as MemberField[]

type HasDefault = { whenSilent: unknown }
/** The values of a member's columns, from the roster or by default. */
type MemberFacts = Omit<
  {
    [F in MemberField]: RosterRecords[F] extends IsRequired | HasDefault
      ? FieldValue<F>
      : FieldValue<F> | null
  },
  'sex' | 'birthDate'
> &
  IdNumberFacts
type OptionalField = {
  [F in Exclude<MemberField, keyof IdNumberFacts>]: RosterRecords[F] extends IsRequired ? never : F
}[Exclude<MemberField, keyof IdNumberFacts>]

/** The values of a member's columns when the roster says nothing. */
export const WHEN_SILENT = Object.fromEntries(
  MEMBER_FIELDS.map((field) => [field, fieldRecord(field).whenSilent ?? null]),
) as Pick<MemberFacts, OptionalField>

export const memberFacts = (person: RosterPerson): MemberFacts => {
  const stated = MEMBER_FIELDS.flatMap((field) => (person[field] === null ? [] : [[field, person[field]]]))
  return { ...WHEN_SILENT, ...(Object.fromEntries(stated) as MemberFacts) }
}
