import type { DuesClass } from '../../../contracts/organization/dues.js'
import { isComputed } from '../dues/rules.js'
import { inspectIdNumber, type IdNumberFacts, type Sex } from '../members/rules.js'
import { readBase } from './roster-base.rules.js'
import * as cells from './roster-cells.rules.js'
import type { CellReading, MemberCategory, MemberStanding, RawCell } from './roster-cells.rules.js'
import { headingOf, type RosterField } from './roster-columns.rules.js'
import { readDate, yearsAfter, type RosterDate } from './roster-dates.rules.js'

/** 《中国共产党发展党员工作细则》第五条: an applicant is eighteen or older. */
const MINIMUM_JOINING_AGE_YEARS = 18

/** Lengths of the columns these texts are kept in, in characters. */
const MAX_UNIT_NAME = 100
const MAX_POST = 100
const MAX_ADDRESS = 200

/** A row that was understood. Days are 'YYYY-MM-DD', codes those of the national tables, amounts integer fen. */
export interface RosterPerson {
  name: string
  sex: Sex
  idNumber: string
  nationality: string
  birthDate: string
  education: string
  category: MemberCategory
  /** As written in the file; which unit it means is settled elsewhere. */
  unitName: string
  joinedOn: string
  regularizedOn: string | null
  post: string | null
  phone: string | null
  address: string | null
  /** Null, like the two below it, when the file does not say. */
  standing: MemberStanding | null
  lostContact: boolean | null
  floating: boolean | null
  duesClass: DuesClass
  baseFen: number | null
}

export interface RowProblem {
  field: RosterField
  heading: string
  /** Chinese, says what is wrong and what was expected; never quotes the cell. */
  reason: string
}

export interface RosterRow {
  rowNumber: number
  cells: Partial<Record<RosterField, RawCell>>
  /** Text of every column, for giving the row back as it came. */
  original: string[]
  /** Hidden in the file, by hand or by a filter. */
  hidden?: boolean
}

/**
 * A person, or why there is none. `notes` are remarks that stop nothing; number and telephone are given for refused
 * rows too, where they could be read, to find the same person elsewhere in the file.
 */
export type RowReading = { notes: string[]; idNumber: string | null; phone: string | null } & (
  { person: RosterPerson } | { problems: RowProblem[] }
)

/** Reads one row; all its problems are reported at once. `today` is the business day, 'YYYY-MM-DD'. */
export function readRosterRow(row: Pick<RosterRow, 'cells'>, today: string): RowReading {
  const reader = new RowReader(row.cells)
  const fields = readFields(reader, today)
  crossCheck(reader, fields, today)
  const identity = { idNumber: fields.idNumber ?? null, phone: fields.phone ?? null }
  if (reader.problems.length > 0) return { ...identity, problems: reader.problems, notes: reader.notes }
  const person = toPerson(fields, today)
  // Every field a person needs has been read, or its absence reported, by now.
  if (!person) throw new Error('A roster row without problems lacks a field')
  return { ...identity, person, notes: [...reader.notes, ...remarks(person)] }
}

/** Reads cell by cell and keeps the problems in the order of the columns. */
class RowReader {
  readonly problems: RowProblem[] = []
  readonly notes: string[] = []

  constructor(private readonly row: Partial<Record<RosterField, RawCell>>) {}

  required<T>(field: RosterField, read: (cell: RawCell) => CellReading<T>): T | undefined {
    const value = this.optional(field, read)
    if (value === null) this.refuse(field, '没有填写')
    return value ?? undefined
  }

  /** null when the cell is empty, undefined when it was refused. */
  optional<T>(field: RosterField, read: (cell: RawCell) => CellReading<T>): T | null | undefined {
    const cell = this.row[field]
    if (!cell || cells.isBlank(cell)) return null
    const reading = read(cell)
    if ('value' in reading) return reading.value
    this.refuse(field, reading.problem)
    return undefined
  }

  refuse(field: RosterField, reason: string): void {
    this.problems.push({ field, heading: headingOf(field), reason })
  }
}

type Fields = ReturnType<typeof readFields>

function readFields(row: RowReader, today: string) {
  const pastDate = (cell: RawCell) => readDate(cell, today)
  return {
    name: row.required('name', cells.readName),
    sex: row.optional('sex', cells.readSex),
    idNumber: row.required('idNumber', cells.readIdNumber),
    nationality: row.required('nationality', cells.readNationality),
    birthDate: row.optional('birthDate', pastDate),
    education: row.required('education', cells.readEducation),
    category: row.required('category', cells.readCategory),
    unitName: row.required('unit', (cell) => cells.readText(cell, MAX_UNIT_NAME)),
    joinedOn: row.required('joinedOn', pastDate),
    // A probationary member's file may hold the day on which probation is due to end.
    regularizedOn: row.optional('regularizedOn', (cell) => readDate(cell, null)),
    post: row.optional('post', (cell) => cells.readText(cell, MAX_POST)),
    phone: row.optional('phone', cells.readPhone),
    address: row.optional('address', (cell) => cells.readText(cell, MAX_ADDRESS)),
    standing: row.optional('standing', cells.readStanding),
    lostContact: row.optional('lostContact', cells.readYesNo),
    floating: row.optional('floating', cells.readYesNo),
    duesClass: row.required('duesClass', cells.readDuesClass),
    base: row.optional('base', readBase),
  }
}

function factsOf(fields: Fields): IdNumberFacts | null {
  const facts = fields.idNumber === undefined ? null : inspectIdNumber(fields.idNumber)
  return facts && !('fault' in facts) ? facts : null
}

function crossCheck(row: RowReader, fields: Fields, today: string): void {
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
  // Units enter the day that is planned: the person is imported, the day is not, and somebody looks.
  if (category === 'formal' && regularizedOn.day > today) {
    row.notes.push('转正日期在今天之后，与“正式党员”不符，请核对')
  }
  if (category === 'probationary' && regularizedOn.day <= today) {
    row.refuse('regularizedOn', '已有转正日期，与“预备党员”不符')
  }
}

/**
 * A roster states what happened, and older files count age by calendar years or lunar birthdays: some months short of
 * eighteen is for a person to look at. Short by calendar years as well, one of the two dates must be wrong.
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

/** Compares by month where either date states no more than that. */
function isBefore(one: RosterDate, other: RosterDate): boolean {
  const length = one.monthOnly || other.monthOnly ? 7 : 10
  return one.day.slice(0, length) < other.day.slice(0, length)
}

function toPerson(fields: Fields, today: string): RosterPerson | null {
  const { name, idNumber, nationality, education, category, unitName, joinedOn, duesClass } = fields
  const facts = factsOf(fields)
  if (!name || !idNumber || !facts || !nationality || !education || !category) return null
  if (!unitName || !joinedOn || !duesClass) return null
  const regularizedOn = fields.regularizedOn?.day ?? null
  return {
    name,
    sex: facts.sex,
    idNumber,
    nationality,
    birthDate: facts.birthDate,
    education,
    category,
    unitName,
    joinedOn: joinedOn.day,
    // A day still to come is a plan, not something that has happened.
    regularizedOn: regularizedOn !== null && regularizedOn <= today ? regularizedOn : null,
    post: fields.post ?? null,
    phone: fields.phone ?? null,
    address: fields.address ?? null,
    standing: fields.standing ?? null,
    lostContact: fields.lostContact ?? null,
    floating: fields.floating ?? null,
    duesClass,
    baseFen: fields.base ?? null,
  }
}

function remarks(person: RosterPerson): string[] {
  const needsBase = isComputed(person.duesClass) && person.baseFen === null
  return needsBase ? ['没有计算基数，将不生成账单'] : []
}
