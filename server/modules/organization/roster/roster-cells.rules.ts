import type { DuesClass } from '../../../contracts/organization/dues.js'
import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import {
  CATEGORY_WORDS,
  educationCode,
  inspectIdNumber,
  nationalityCode,
  NO,
  SEX_WORDS,
  STANDING_WORDS,
  YES,
  type IdNumberFault,
  type MemberCategory,
  type MemberStanding,
  type Sex,
} from '../members/rules.js'

/** What a cell says, or in Chinese why it cannot be used and what was expected. */
export type CellReading<T> = { value: T } | { problem: string }

const BLANK_MARKS = new Set(['', '无', '暂无', '/', '\\', '-', '--', '—', '——'])
const HAN = '\\p{Script=Han}'
const SPACE_BETWEEN_HAN = new RegExp(`(?<=[${HAN}·])\\s+(?=[${HAN}·])`, 'gu')
const DOT_BETWEEN_HAN = new RegExp(`(?<=${HAN})[.．。•‧・･∙⋅](?=${HAN})`, 'gu')
const NAME = new RegExp(`^[${HAN}〇\\p{Script=Latin}·' -]{2,40}$`, 'u')

/** Empty, or one of the marks that people write for an empty cell. */
export function isBlank(cell: SheetCell | undefined): boolean {
  return !cell || BLANK_MARKS.has(compact(cell.text))
}

/** Removes the apostrophe that people and programs put before digits to keep them as text. */
export const withoutTextMark = (text: string): string => text.replace(/^\s*['’‘＇](?=[\d+(（０-９])/, '')

/** As Excel writes a number that is too long for it, or for its column. */
const isScientific = (text: string): boolean => /^\d(\.\d+)?E\+?\d+$/i.test(text)

/** Without spaces and invisible characters, and in ordinary width. For codes and fixed words, never for names. */
function compact(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}\p{Cc}]+/gu, '')
}

/**
 * A person's name. Removes spaces between Han characters that only fill a column. Changes the dot of transliterated
 * names to the one of the household register. No Unicode normalisation: it would replace rare characters of real
 * names.
 */
export function readName(cell: SheetCell): CellReading<string> {
  const name = cell.text
    .replace(/[\p{Cf}\p{Cc}]+/gu, '')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(SPACE_BETWEEN_HAN, '')
    .replace(DOT_BETWEEN_HAN, '·')
  return NAME.test(name) ? { value: name } : { problem: '不像姓名，应为两个以上汉字（中间可有“·”）' }
}

const LOST_DIGITS = '被 Excel 当成了数字，位数丢失。请把单元格设为“文本”格式后重新填写 18 位号码'
const ID_NUMBER_REASONS: Readonly<Record<IdNumberFault, string>> = {
  length: '应为 18 位号码',
  characters: '应为 17 位数字加一位数字或 X',
  'birth-date': '第 7 至 14 位不是真实的出生日期，请对照身份证核对',
  'check-character': '校验位不符，有一位写错了，请对照身份证核对',
}

/** The identity number in plain form. A number cell is refused: Excel keeps fifteen digits and makes the rest zero. */
export function readIdNumber(cell: SheetCell): CellReading<string> {
  const idNumber = compact(withoutTextMark(cell.text)).toUpperCase()
  if (cell.number !== undefined || isScientific(idNumber)) return { problem: LOST_DIGITS }
  if (/^\d{15}$/.test(idNumber)) return { problem: '是旧的 15 位号码，应填 18 位号码' }
  const facts = inspectIdNumber(idNumber)
  if (!('fault' in facts)) return { value: idNumber }
  // Saved as text after Excel had rounded it: fifteen digits are true, the rest are zeros.
  if (/^\d{15}000$/.test(idNumber)) return { problem: LOST_DIGITS }
  return { problem: ID_NUMBER_REASONS[facts.fault] }
}

export const readSex = (cell: SheetCell): CellReading<Sex> =>
  oneOf({ ...byWord(SEX_WORDS), 男性: 'male', 女性: 'female' }, cell, `应为${either(SEX_WORDS)}`)

/** GB/T 3304 code, '01' to '56'. */
export function readNationality(cell: SheetCell): CellReading<string> {
  const code = nationalityCode(compact(cell.text))
  return code ? { value: code } : { problem: '不是民族名称，应为“汉族”“苗族”这样的全称' }
}

/** GB/T 4658 code, such as '20' for 大学本科. */
export function readEducation(cell: SheetCell): CellReading<string> {
  const code = educationCode(compact(cell.text))
  return code
    ? { value: code }
    : { problem: '不是学历名称，应为“大学本科”“大学专科”“中专”“高中”“初中”“小学”等' }
}

export const readCategory = (cell: SheetCell): CellReading<MemberCategory> =>
  oneOf(
    { ...byWord(CATEGORY_WORDS), 正式: 'formal', 预备: 'probationary' },
    cell,
    `应为${either(CATEGORY_WORDS)}`,
  )

export function readYesNo(cell: SheetCell): CellReading<boolean> {
  const answers: Readonly<Record<string, boolean>> = {
    [YES]: true,
    有: true,
    TRUE: true,
    Y: true,
    '√': true,
    [NO]: false,
    不是: false,
    FALSE: false,
    N: false,
    '×': false,
  }
  return oneOf(answers, cell, `应为${either([YES, NO])}`)
}

export const readStanding = (cell: SheetCell): CellReading<MemberStanding> =>
  oneOf(
    { ...byWord(STANDING_WORDS), 停止: 'suspended' },
    cell,
    `应为${either(STANDING_WORDS)}；已出党的人员不在花名册中导入`,
  )

export function readDuesClass(cell: SheetCell): CellReading<DuesClass> {
  const classes: Readonly<Record<string, DuesClass>> = {
    在职: 'wage',
    在职职工: 'wage',
    按月领取工资: 'wage',
    年薪: 'annual-salary',
    年薪制: 'annual-salary',
    不固定收入: 'irregular',
    收入不固定: 'irregular',
    个体: 'irregular',
    离退休: 'retired',
    离休: 'retired',
    退休: 'retired',
    农民: 'farmer',
    学生: 'student',
    下岗失业: 'laid-off',
    下岗: 'laid-off',
    失业: 'laid-off',
    低保: 'relief',
    抚恤: 'relief',
    '低保/抚恤': 'relief',
    低保抚恤: 'relief',
  }
  return oneOf(classes, cell, '应为“在职、年薪、不固定收入、离退休、农民、学生、下岗失业、低保”之一')
}

/** A mobile number, or a landline with its area code, in digits alone. */
export function readPhone(cell: SheetCell): CellReading<string> {
  const plain = compact(withoutTextMark(cell.text))
  if (isScientific(plain)) {
    return { problem: '被 Excel 当成了数字，位数丢失。请把单元格设为“文本”格式后重新填写号码' }
  }
  const digits = plain.replace(/[-—–−()]/g, '').replace(/^(\+86|0086|86(?=1\d{10}$))/, '')
  const known = /^1[3-9]\d{9}$/.test(digits) || /^0[1-9]\d{1,2}\d{7,8}$/.test(digits)
  return known ? { value: digits } : { problem: '应为一个 11 位手机号，或带区号的固定电话' }
}

/** Free text on one line, as written; at most `limit` characters. */
export function readText(cell: SheetCell, limit: number): CellReading<string> {
  const text = cell.text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}+/gu, '')
    .trim()
  return [...text].length <= limit ? { value: text } : { problem: `太长，最多 ${limit} 个字` }
}

export const textWithin =
  (limit: number) =>
  (cell: SheetCell): CellReading<string> =>
    readText(cell, limit)

/** The codes of an enumeration by the words people use for them. */
function byWord<Code extends string>(words: Readonly<Record<Code, string>>): Record<string, Code> {
  const codes = Object.keys(words) as Code[]
  return Object.fromEntries(codes.map((code) => [words[code], code]))
}

/** “男”或“女” */
const either = (words: Readonly<Record<string, string>> | readonly string[]): string =>
  Object.values(words)
    .map((word) => `“${word}”`)
    .join('或')

function oneOf<T>(words: Readonly<Record<string, T>>, cell: SheetCell, problem: string): CellReading<T> {
  const word = compact(cell.text).toUpperCase()
  const value = Object.hasOwn(words, word) ? words[word] : undefined
  return value === undefined ? { problem } : { value }
}
