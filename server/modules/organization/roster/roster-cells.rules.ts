import { DUES_CLASSES, type DuesClass } from '../../../contracts/organization/dues.js'
import { MEMBER_CATEGORIES, ROSTER_STANDINGS, SEXES } from '../../../contracts/organization/member-fact.js'
import type { SheetCell } from '../../../platform/spreadsheet/reading/sheet-source.js'
import { CLASS_RULES } from '../dues/rules.js'
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

export const readSex = codeReader(SEXES, (sex) => SEX_WORDS[sex], { 男性: 'male', 女性: 'female' })

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

export const readCategory = codeReader(MEMBER_CATEGORIES, (category) => CATEGORY_WORDS[category], {
  正式: 'formal',
  预备: 'probationary',
})

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
  return oneOf(answers, cell, `应为${oneOfWords([YES, NO])}`)
}

export const readStanding = codeReader(
  ROSTER_STANDINGS,
  (standing) => STANDING_WORDS[standing],
  { 停止: 'suspended' },
  '；已出党的人员不在花名册中导入',
)

/** Words that rosters use for a class beside our own. */
const DUES_CLASS_SYNONYMS: Readonly<Record<string, DuesClass>> = {
  在职: 'wage',
  在职职工: 'wage',
  按月领取工资: 'wage',
  年薪: 'annual-salary',
  年薪制: 'annual-salary',
  不固定收入: 'irregular',
  个体: 'irregular',
  离休: 'retired',
  退休: 'retired',
  下岗: 'laid-off',
  失业: 'laid-off',
  低保: 'relief',
  抚恤: 'relief',
  '低保/抚恤': 'relief',
  低保抚恤: 'relief',
}

export const readDuesClass = codeReader(
  DUES_CLASSES,
  (duesClass) => CLASS_RULES[duesClass].inWords,
  DUES_CLASS_SYNONYMS,
)

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

/**
 * Reads a code by the word that we show for it, or by a word that people use for it.
 * @param remark follows the list of our words when a word is refused
 */
function codeReader<Code extends string>(
  codes: readonly Code[],
  wordOf: (code: Code) => string,
  synonyms: Readonly<Record<string, Code>>,
  remark = '',
): (cell: SheetCell) => CellReading<Code> {
  const accepted = { ...byWord(codes, wordOf), ...synonyms }
  const problem = `应为${oneOfWords(codes.map(wordOf))}${remark}`
  return (cell) => oneOf(accepted, cell, problem)
}

/** The codes of an enumeration by the words we show for them. */
function byWord<Code extends string>(codes: readonly Code[], wordOf: (code: Code) => string) {
  return Object.fromEntries(codes.map((code) => [compact(wordOf(code)), code]))
}

/** “男”或“女”; of more than two: “农民”“学生”“离退休”之一 */
function oneOfWords(words: readonly string[]): string {
  const quoted = words.map((word) => `“${word}”`)
  return quoted.length > 2 ? `${quoted.join('')}之一` : quoted.join('或')
}

function oneOf<T>(words: Readonly<Record<string, T>>, cell: SheetCell, problem: string): CellReading<T> {
  const word = compact(cell.text).toUpperCase()
  const value = Object.hasOwn(words, word) ? words[word] : undefined
  return value === undefined ? { problem } : { value }
}
