import type { MemberCategory, Sex } from '../../contracts/organization/member-fact.js'
import { checkCharacter } from '../../modules/organization/members/id-number.rules.js'
import { addMonths } from '../../platform/config/business-time.js'

/** Ages at which people were accepted; nobody under 18 is. */
const YOUNGEST = 22
const AGES = 8
const LAST_AGE = 19
/** Months. */
const PROBATION_SO_FAR = 10

/**
 * A plausible day for the date of birth; a probationary member was accepted within the last year.
 * @param serial makes people of one age differ
 * @param thisMonth `YYYY-MM`
 * @returns `YYYY-MM-DD`
 */
export function likelyJoiningDay(
  serial: number,
  birthDate: string,
  category: MemberCategory | undefined,
  thisMonth: string,
): string {
  if (category === 'probationary') return `${addMonths(thisMonth, -PROBATION_SO_FAR)}-01`
  const born = Number(birthDate.slice(0, 4))
  const lastYear = Number(thisMonth.slice(0, 4)) - 2
  const year = Math.min(born + YOUNGEST + (serial % AGES), Math.max(lastYear, born + LAST_AGE))
  return `${year}-07-01`
}

/** A number of a division that does not exist, so that it can belong to nobody. */
export function inventedIdNumber(serial: number, birthDate: string, sex: Sex): string {
  const order = serial * 2 + (sex === 'male' ? 1 : 0)
  const body = `990102${birthDate.replaceAll('-', '')}${String(order % 1000).padStart(3, '0')}`
  return `${body}${checkCharacter(body)}`
}
