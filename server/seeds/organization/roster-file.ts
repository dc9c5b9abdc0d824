import ExcelJS from 'exceljs'
import { SeededRandom } from '../random.js'
import { inventPeople, type InventedPerson } from './roster-people.js'

/** A roster like real ones: title and note above the header, dates in five ways, gaps, and faults. */

export interface RosterFileOptions {
  seed: number
  count: number
  branches: readonly string[]
  /** 'YYYY-MM-DD': nobody joins later. */
  today?: string
}

/** Faults that refuse a row. */
export type RowFault =
  | 'wrong-check-character'
  | 'rounded-id-number'
  | 'contradicting-sex'
  | 'unreadable-date'
  | 'base-in-words'
  | 'duplicate-person'
/** Oddities that the reader accepts, or that concern the unit and not the row. */
export type RowOddity =
  'unknown-branch' | 'other-branch-name' | 'base-with-unit' | 'shared-phone' | 'missing-phone'

export interface PlantedOddity {
  rowNumber: number
  kind: RowFault | RowOddity
}

type CellContent = string | number | Date | null

export interface RosterPlan {
  /** Content by row number; numbers left out are blank rows. */
  rows: Map<number, CellContent[]>
  planted: PlantedOddity[]
}

export const ROW_FAULTS: readonly RowFault[] = [
  'wrong-check-character',
  'rounded-id-number',
  'contradicting-sex',
  'unreadable-date',
  'base-in-words',
  'duplicate-person',
]
const ODDITIES: readonly RowOddity[] = [
  'unknown-branch',
  'other-branch-name',
  'base-with-unit',
  'shared-phone',
  'missing-phone',
]
const UNKNOWN_BRANCH = '柳湾村党支部'
const DEFAULT_TODAY = '2026-06-30'
const HEADER_ROW = 3
const ROWS_BETWEEN_GAPS = 90
const HEADINGS = [
  '序号',
  '姓名',
  '性别',
  '公民身份号码',
  '民族',
  '出生日期',
  '学历',
  '人员类别',
  '所在党支部',
  '入党日期',
  '转正日期',
  '工作岗位',
  '联系电话',
  '家庭住址',
  '党籍状态',
  '是否失联党员',
  '是否流动党员',
  '党费类别',
  '计算基数',
] as const
type Heading = (typeof HEADINGS)[number]
type RosterCells = Record<Heading, CellContent>

/** What the file will hold, and where its oddities are. The same options always give the same plan. */
export function planRoster({ seed, count, branches, today = DEFAULT_TODAY }: RosterFileOptions): RosterPlan {
  const random = new SeededRandom(seed)
  const people = inventPeople(random, count, branches, today)
  const lines = people.map((person, index) => toCells(random, person, index))
  const kinds = chooseOddities(random, count)
  const rows = new Map<number, CellContent[]>([
    [1, ['党员花名册']],
    [2, [`填报日期：${longDate(today)}　　以下人员均为虚构`]],
    [HEADER_ROW, [...HEADINGS]],
  ])
  const planted: PlantedOddity[] = []
  let rowNumber = HEADER_ROW
  lines.forEach((line, index) => {
    rowNumber += index > 0 && index % ROWS_BETWEEN_GAPS === 0 ? 2 : 1
    const kind = kinds.get(index)
    if (kind) {
      plant(kind, line, lines)
      planted.push({ rowNumber, kind })
    }
    rows.set(
      rowNumber,
      HEADINGS.map((heading) => line[heading]),
    )
  })
  rows.set(rowNumber + 1, ['合计', `${count}人`])
  return { rows, planted }
}

/** The plan as an .xlsx file. */
export async function makeRosterWorkbook(options: RosterFileOptions): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('党员花名册')
  for (const [rowNumber, contents] of planRoster(options).rows) {
    contents.forEach((content, index) => {
      const cell = sheet.getCell(rowNumber, index + 1)
      cell.value = content
      if (content instanceof Date) cell.numFmt = 'yyyy/m/d'
    })
  }
  sheet.mergeCells(1, 1, 1, HEADINGS.length)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** The first two people have no faults: the duplicate and the shared telephone are copied from them. */
function chooseOddities(random: SeededRandom, count: number): Map<number, RowFault | RowOddity> {
  const free = Array.from({ length: Math.max(0, count - 2) }, (_, index) => index + 2)
  const chosen = new Map<number, RowFault | RowOddity>()
  for (const kind of [...ROW_FAULTS, ...ODDITIES]) {
    const [index] = free.splice(random.between(0, free.length - 1), 1)
    if (index !== undefined) chosen.set(index, kind)
  }
  return chosen
}

function plant(kind: RowFault | RowOddity, cells: RosterCells, lines: readonly RosterCells[]): void {
  const idNumber = String(cells['公民身份号码']).normalize('NFKC').toUpperCase()
  const changes: Record<RowFault | RowOddity, Partial<RosterCells>> = {
    'wrong-check-character': { 公民身份号码: idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1') },
    // Excel keeps fifteen digits of a number.
    'rounded-id-number': { 公民身份号码: Number(`${idNumber.slice(0, 15)}000`) },
    'contradicting-sex': { 性别: cells['性别'] === '男' ? '女' : '男' },
    'unreadable-date': { 入党日期: '不详' },
    'base-in-words': { 党费类别: '在职', 计算基数: '约5000' },
    'base-with-unit': { 党费类别: '在职', 计算基数: '4,500元' },
    'duplicate-person': { ...lines[0], 序号: cells['序号'] },
    'unknown-branch': { 所在党支部: UNKNOWN_BRANCH },
    'other-branch-name': { 所在党支部: String(cells['所在党支部']).replace('党支部', '支部') },
    'shared-phone': { 联系电话: lines[1]?.['联系电话'] ?? null },
    'missing-phone': { 联系电话: '' },
  }
  Object.assign(cells, changes[kind])
}

function toCells(random: SeededRandom, person: InventedPerson, index: number): RosterCells {
  return {
    序号: index + 1,
    姓名: random.chance(0.03) && person.name.length < 4 ? ` ${[...person.name].join(' ')} ` : person.name,
    性别: person.sex,
    公民身份号码: writtenIdNumber(random, person.idNumber),
    民族: person.nationality,
    // Some clerks type dates that Excel understands; those become true date cells.
    出生日期: random.chance(0.02)
      ? new Date(`${person.birthDate}T00:00:00Z`)
      : writtenDate(person.birthDate, index),
    学历: person.education,
    人员类别: person.category,
    所在党支部: person.branch,
    入党日期: writtenDate(person.joinedOn, index + 2),
    转正日期: person.regularizedOn ? writtenDate(person.regularizedOn, index + 3) : '',
    工作岗位: person.post,
    联系电话: random.chance(0.015) ? person.phone.replace(/^(...)(....)/, '$1 $2-') : person.phone,
    家庭住址: person.address,
    党籍状态: '正常',
    是否失联党员: person.lostContact ? '是' : '否',
    是否流动党员: person.floating ? '是' : '否',
    党费类别: person.duesClass,
    计算基数: person.baseYuan ?? '',
  }
}

function writtenIdNumber(random: SeededRandom, idNumber: string): string {
  if (random.chance(0.02)) {
    return idNumber.replace(/\d/g, (digit) => String.fromCodePoint(Number(digit) + 0xff10))
  }
  return random.chance(0.3) ? idNumber.toLowerCase() : idNumber
}

function longDate(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

function writtenDate(day: string, variant: number): string {
  const [year, month, date] = day.split('-').map(Number)
  switch (variant % 5) {
    case 0:
      return day
    case 1:
      return day.replaceAll('-', '')
    case 2:
      return `${year}.${month}.${date}`
    case 3:
      return `${year}/${month}/${date}`
    default:
      return longDate(day)
  }
}
