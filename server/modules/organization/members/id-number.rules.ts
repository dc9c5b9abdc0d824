import type { Sex } from '../../../contracts/organization/member-fact.js'

/**
 * The citizen's identity number 公民身份号码: six digits of division, eight of birth date, three of sequence
 * (odd for men) and one check character.
 */

/** Weights of the first seventeen digits: GB 11643-1999, the check formula of ISO 7064 MOD 11-2. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
/** The check character by the weighted sum modulo 11: GB 11643-1999. */
const CHECK_CHARACTERS = '10X98765432'

export type IdNumberFault = 'length' | 'characters' | 'birth-date' | 'check-character'

/** What an identity number says of its holder; `birthDate` is 'YYYY-MM-DD'. */
export interface IdNumberFacts {
  birthDate: string
  sex: Sex
}

/** 'YYYY-MM-DD', or null when the calendar has no such day or the year is not written with four digits. */
export function calendarDate(year: number, month: number, day: number): string | null {
  if (year < 1000 || year > 9999) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists ? date.toISOString().slice(0, 10) : null
}

/** Whether the calendar has the day of a text like `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return calendarDate(year, month, day) !== null
}

/** The eighteenth character that belongs to the first seventeen digits. */
export function checkCharacter(seventeenDigits: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeenDigits[index]), 0)
  return CHECK_CHARACTERS.charAt(sum % 11)
}

/**
 * Reads an identity number already brought to its plain form (ASCII digits, capital X, no spaces).
 * Returns the first fault in the order in which a person would look: length, characters, date, check character.
 */
export function inspectIdNumber(idNumber: string): IdNumberFacts | { fault: IdNumberFault } {
  if (idNumber.length !== 18) return { fault: 'length' }
  if (!/^\d{17}[\dX]$/.test(idNumber)) return { fault: 'characters' }
  const [year, month, day] = [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)]
  const birthDate = calendarDate(Number(year), Number(month), Number(day))
  if (birthDate === null) return { fault: 'birth-date' }
  if (checkCharacter(idNumber.slice(0, 17)) !== idNumber.charAt(17)) return { fault: 'check-character' }
  return { birthDate, sex: Number(idNumber.charAt(16)) % 2 === 1 ? 'male' : 'female' }
}
