import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { MemberCategory, MemberStanding, Sex } from '../../../contracts/organization/member-fact.js'
import { maskAddress, maskPhone } from '../../../platform/crypto/masking.js'
import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import { CLASS_RULES, yuan } from '../dues/rules.js'
import { CATEGORY_WORDS, educationName, nationalityName, STANDING_WORDS, yesOrNo } from '../members/rules.js'
import { readBase } from './roster-base.rules.js'
import * as cells from './roster-cells.rules.js'
import type { CellReading } from './roster-cells.rules.js'
import { readDate, type RosterDate } from './roster-dates.rules.js'

type Readable = string | number | boolean | RosterDate
/** The stored form of a cell's value: of a date its day, 'YYYY-MM-DD'. */
type Kept<Read extends Readable> = Read extends RosterDate ? string : Read

/** One field of a roster with all its rules. */
interface FieldRecord<Read extends Readable> {
  /** Accepted names of its column. The first is that of the national form and is used in our messages. */
  headings: readonly [label: string, ...others: string[]]
  /**
   * 'column': a table without it is no roster. 'cell': every row needs it, though a file may leave the column out.
   */
  required?: 'column' | 'cell'
  /** Reads a cell that is not blank. `today` is the business day, 'YYYY-MM-DD'. */
  read: (cell: SheetCell, today: string) => CellReading<Read>
  /** A plain number in its column is a date. */
  isDay?: true
  /** False when a difference from the stored member is not proposed as a change. */
  compared?: false
  /** How a value is shown in a proposed change; unchanged when not given. */
  show?: (value: Kept<Read>) => string
  /** Where it is stored, when not in the member's column of the same name. */
  keptAs?: 'unitId' | 'baseFen'
  /** The value of a new member when the file has none; null when not given. */
  whenSilent?: Kept<Read>
}

/** In the order in which problems and changes are listed. */
const FIELDS = {
  name: {
    headings: ['姓名', '党员姓名', '名字'],
    required: 'column',
    read: cells.readName,
  } satisfies FieldRecord<string>,

  /** Checked against the ID number, from which it is taken. */
  sex: {
    headings: ['性别'],
    read: cells.readSex,
    compared: false,
  } satisfies FieldRecord<Sex>,

  /** A member is found by this number. */
  idNumber: {
    headings: [
      '公民身份号码',
      '身份证号',
      '身份证号码',
      '居民身份证号码',
      '身份号码',
      '证件号码',
      '证件号',
      '身份证',
    ],
    required: 'column',
    read: cells.readIdNumber,
    compared: false,
  } satisfies FieldRecord<string>,

  nationality: {
    headings: ['民族'],
    required: 'cell',
    read: cells.readNationality,
    show: nationalityName,
  } satisfies FieldRecord<string>,

  /** Checked against the ID number, from which it is taken. */
  birthDate: {
    headings: ['出生日期', '出生年月', '出生年月日', '出生时间', '生日'],
    read: readDate,
    isDay: true,
    compared: false,
  } satisfies FieldRecord<RosterDate>,

  education: {
    headings: ['学历', '文化程度', '最高学历', '学历情况'],
    required: 'cell',
    read: cells.readEducation,
    show: educationName,
  } satisfies FieldRecord<string>,

  category: {
    headings: ['人员类别', '党员类别', '党员类型', '人员类型'],
    required: 'cell',
    read: cells.readCategory,
    show: (category) => CATEGORY_WORDS[category],
  } satisfies FieldRecord<MemberCategory>,

  /** As written in the file; `RowClassifier` finds the unit by it. */
  unit: {
    headings: [
      '所在党支部',
      '支部',
      '党支部',
      '所属支部',
      '所属党支部',
      '所在支部',
      '支部名称',
      '党支部名称',
      '党组织',
      '所在党组织',
      '所属党组织',
      '党组织名称',
    ],
    required: 'column',
    read: cells.textWithin(100),
    keptAs: 'unitId',
  } satisfies FieldRecord<string>,

  joinedOn: {
    headings: [
      '入党日期',
      '入党时间',
      '入党年月',
      '入党年月日',
      '加入党组织日期',
      '加入党组织时间',
      '加入中国共产党日期',
    ],
    required: 'cell',
    read: readDate,
    isDay: true,
  } satisfies FieldRecord<RosterDate>,

  /** A probationary member's file may hold the day on which probation is due to end. */
  regularizedOn: {
    headings: ['转正日期', '转正时间', '转正年月', '转为正式党员日期', '转为正式党员时间'],
    read: (cell) => readDate(cell, null),
    isDay: true,
  } satisfies FieldRecord<RosterDate>,

  post: {
    headings: ['工作岗位', '岗位', '职业', '从事工作', '工作岗位及职务', '职务'],
    read: cells.textWithin(100),
  } satisfies FieldRecord<string>,

  /** Shown masked: full numbers are read only through a disclosure, which is recorded. */
  phone: {
    headings: ['联系电话', '手机号', '手机号码', '手机', '电话', '电话号码', '联系方式', '移动电话'],
    read: cells.readPhone,
    show: maskPhone,
  } satisfies FieldRecord<string>,

  address: {
    headings: ['家庭住址', '住址', '家庭地址', '现居住地', '居住地址', '联系地址', '地址'],
    read: cells.textWithin(200),
    show: maskAddress,
  } satisfies FieldRecord<string>,

  standing: {
    headings: ['党籍状态', '党籍', '党籍情况'],
    read: (cell): CellReading<MemberStanding> => cells.readStanding(cell),
    show: (standing) => STANDING_WORDS[standing],
    whenSilent: 'normal',
  } satisfies FieldRecord<MemberStanding>,

  lostContact: {
    headings: ['是否失联党员', '是否失联', '失联党员', '失联'],
    read: cells.readYesNo,
    show: yesOrNo,
    whenSilent: false,
  } satisfies FieldRecord<boolean>,

  floating: {
    headings: ['是否流动党员', '是否为流动党员', '是否流动', '流动党员'],
    read: cells.readYesNo,
    show: yesOrNo,
    whenSilent: false,
  } satisfies FieldRecord<boolean>,

  duesClass: {
    headings: ['党费类别', '缴费类别', '党费缴纳类别', '交纳类别', '党费收缴类别'],
    required: 'cell',
    read: cells.readDuesClass,
    show: (duesClass) => CLASS_RULES[duesClass].inWords,
  } satisfies FieldRecord<DuesClass>,

  /** Whole fen. It becomes an assessment. */
  base: {
    headings: [
      '计算基数',
      '缴费基数',
      '党费基数',
      '核定基数',
      '党费计算基数',
      '党费缴纳基数',
      '交纳基数',
      '基数',
    ],
    read: readBase,
    show: (fen) => `${yuan(fen)} 元`,
    keptAs: 'baseFen',
  } satisfies FieldRecord<number>,
}

export type RosterRecords = typeof FIELDS
export type RosterField = keyof RosterRecords
/** The value that is read from a cell of the field. */
export type ReadValue<F extends RosterField> =
  ReturnType<RosterRecords[F]['read']> extends CellReading<infer Read extends Readable> ? Read : never
/** The stored form of that value. */
export type FieldValue<F extends RosterField> = Kept<ReadValue<F>>

export const ROSTER_FIELDS = Object.keys(FIELDS) as RosterField[]

const RECORDS: { readonly [F in RosterField]: FieldRecord<ReadValue<F>> } = FIELDS

export const fieldRecord = <F extends RosterField>(field: F): FieldRecord<ReadValue<F>> => RECORDS[field]

/** The usual heading of a field, for messages. */
export const headingOf = (field: RosterField): string => RECORDS[field].headings[0]

/** Without these columns a row does not say who the person is or to which unit they belong. */
export const REQUIRED_COLUMNS = ROSTER_FIELDS.filter((field) => RECORDS[field].required === 'column')
