import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import { isComputed, isNearZero, NEAR_ZERO_BASE_FEN, yuan } from '../dues/rules.js'
import { CATEGORY_WORDS, inspectIdNumber, type IdNumberFacts } from '../members/rules.js'
import { isBlank } from './roster-cells.rules.js'
import { yearsAfter, type RosterDate } from './roster-dates.rules.js'
import { fieldRecord, headingOf, ROSTER_FIELDS, type ReadValue, type RosterField } from './roster-fields.js'
import { personOf, type RosterPerson, type RowValues } from './roster-person.js'

/** 《中国共产党发展党员工作细则》第五条: an applicant is eighteen or older. */
const MINIMUM_JOINING_AGE_YEARS = 18

export interface RowProblem {
  field: RosterField
  heading: string
  /** Chinese, says what is wrong and what was expected; never quotes the cell. */
  reason: string
}

export interface RosterRow {
  rowNumber: number
  cells: Partial<Record<RosterField, SheetCell>>
  /** Text of every column, for giving the row back unchanged. */
  original: string[]
  /** Hidden in the file, by hand or by a filter. */
  hidden?: boolean
}

/**
 * A person, or the problems of the row. `notes` are remarks that do not refuse it. ID number and telephone are given
 * for refused rows too, when they can be read, to find the same person elsewhere in the file.
 */
export type RowReading = { notes: string[]; idNumber: string | null; phone: string | null } & (
  { person: RosterPerson } | { problems: RowProblem[] }
)

/** Reads one row; all its problems are reported at once. `today` is the business day, 'YYYY-MM-DD'. */
export function readRosterRow(row: Pick<RosterRow, 'cells'>, today: string): RowReading {
  const reader = new RowReader(row.cells, today)
  const fields = reader.readAll()
  crossCheck(reader, fields, today)
  const identity = { idNumber: fields.idNumber ?? null, phone: fields.phone ?? null }
  if (reader.problems.length > 0) return { ...identity, problems: reader.problems, notes: reader.notes }
  const facts = factsOf(fields)
  // A row without a valid ID number has a problem and was returned above.
  if (!facts) throw new Error('A roster row without problems lacks its ID number')
  const person = personOf(fields, facts, today)
  return { ...identity, person, notes: [...reader.notes, ...remarks(person)] }
}

/** Reads cell by cell and keeps the problems in the order of the fields. */
class RowReader {
  readonly problems: RowProblem[] = []
  readonly notes: string[] = []

  constructor(
    private readonly row: Partial<Record<RosterField, SheetCell>>,
    private readonly today: string,
  ) {}

  readAll(): RowValues {
    return Object.fromEntries(ROSTER_FIELDS.map((field) => [field, this.read(field)]))
  }

  refuse(field: RosterField, reason: string): void {
    this.problems.push({ field, heading: headingOf(field), reason })
  }

  private read<F extends RosterField>(field: F): ReadValue<F> | null | undefined {
    const { required, read } = fieldRecord(field)
    const cell = this.row[field]
    if (!cell || isBlank(cell)) {
      if (required) this.refuse(field, '没有填写')
      return null
    }
    const reading = read(cell, this.today)
    if ('value' in reading) return reading.value
    this.refuse(field, reading.problem)
    return undefined
  }
}

function factsOf(fields: RowValues): IdNumberFacts | null {
  const facts = fields.idNumber ? inspectIdNumber(fields.idNumber) : null
  return facts && !('fault' in facts) ? facts : null
}

function crossCheck(row: RowReader, fields: RowValues, today: string): void {
  const facts = factsOf(fields)
  if (facts && fields.sex && fields.sex !== facts.sex) {
    row.refuse('sex', '与公民身份号码第 17 位（单数为男，双数为女）不符')
  }
  if (facts && fields.birthDate && !sameDay(fields.birthDate, facts.birthDate)) {
    row.refuse('birthDate', '与公民身份号码中的出生日期不符')
  }
  const { joinedOn, regularizedOn, category } = fields
  if (joinedOn?.monthOnly) row.notes.push('入党日期只有年月，按当月 1 日记')
  const birthDate = facts?.birthDate ?? fields.birthDate?.day
  if (joinedOn && birthDate) checkJoiningAge(row, joinedOn, birthDate)
  if (!regularizedOn) return
  if (regularizedOn.monthOnly) row.notes.push('转正日期只有年月，按当月 1 日记')
  if (joinedOn && isBefore(regularizedOn, joinedOn)) row.refuse('regularizedOn', '早于入党日期')
  // Some units enter the planned day: the person is imported without the day, and a remark asks to check it.
  if (category === 'formal' && regularizedOn.day > today) {
    row.notes.push(`转正日期在今天之后，与“${CATEGORY_WORDS.formal}”不符，请核对`)
  }
  if (category === 'probationary' && regularizedOn.day <= today) {
    row.refuse('regularizedOn', `已有转正日期，与“${CATEGORY_WORDS.probationary}”不符`)
  }
}

/**
 * Older files count age by calendar years or lunar birthdays, so an age some months short of eighteen gets a remark
 * to check it. If the age is too low by calendar years as well, one of the two dates is wrong and the row is refused.
 */
function checkJoiningAge(row: RowReader, joinedOn: RosterDate, birthDate: string): void {
  const eighteenth = yearsAfter(birthDate, MINIMUM_JOINING_AGE_YEARS)
  if (joinedOn.day.slice(0, 4) < eighteenth.slice(0, 4)) {
    row.refuse('joinedOn', `入党时未满 ${MINIMUM_JOINING_AGE_YEARS} 周岁，请核对入党日期和出生日期`)
  } else if (isBefore(joinedOn, { day: eighteenth, monthOnly: false })) {
    row.notes.push(`入党日期早于 ${MINIMUM_JOINING_AGE_YEARS} 周岁生日，请核对`)
  }
}

function sameDay(date: RosterDate, day: string): boolean {
  return date.monthOnly ? date.day.slice(0, 7) === day.slice(0, 7) : date.day === day
}

/** Compares by month when one of the dates has no day. */
function isBefore(one: RosterDate, other: RosterDate): boolean {
  const length = one.monthOnly || other.monthOnly ? 7 : 10
  return one.day.slice(0, length) < other.day.slice(0, length)
}

function remarks(person: RosterPerson): string[] {
  const needsBase = isComputed(person.duesClass) && person.baseFen === null
  if (needsBase) return ['没有计算基数，将不生成账单']
  return isNearZero(person.duesClass, person.baseFen)
    ? [`计算基数每月不到 ${yuan(NEAR_ZERO_BASE_FEN)} 元，请核对单位是不是元、有没有漏写`]
    : []
}
