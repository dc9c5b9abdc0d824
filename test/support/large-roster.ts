import { checkCharacter } from '../../server/modules/organization/members/id-number.rules.js'
import { HEADINGS } from '../unit/roster/workbook-builder.js'
import { handmadeParts, textRow, zipOf } from './workbook-files.js'

/** A roster of any size, with known faults: every row is a different person, but the last row repeats the first. */
export interface LargeRoster {
  people: number
  /** One in fifty has no nationality, and the last row is a duplicate. */
  refused: number
  workbook(): Buffer
  text(): Buffer
}

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'
const DAYS = 18_000
const MILLISECONDS_PER_DAY = 86_400_000

/** @param people at least 50 */
export function largeRoster(people: number, branch: string): LargeRoster {
  const rowOf = (index: number) => cellsOf(index === people - 1 ? 0 : index, index, branch)
  const faulty = Array.from({ length: people - 1 }, (_, index) => index).filter(isFaulty).length
  return {
    people,
    refused: faulty + 1,
    workbook: () => {
      const rows = Array.from({ length: people }, (_, index) => textRow(index + 2, rowOf(index)))
      return zipOf(handmadeParts(textRow(1, HEADINGS) + rows.join('')))
    },
    text: () => {
      const rows = Array.from({ length: people }, (_, index) => rowOf(index).join(','))
      return Buffer.from([HEADINGS.join(','), ...rows].join('\r\n'))
    },
  }
}

const isFaulty = (index: number) => index % 50 === 49

function cellsOf(person: number, index: number, branch: string): string[] {
  const birthDate = new Date(Date.UTC(1940, 0, 1) + (person % DAYS) * MILLISECONDS_PER_DAY)
    .toISOString()
    .slice(0, 10)
  const sequence = String(Math.floor(person / DAYS) * 2 + 1).padStart(3, '0')
  const body = `990103${birthDate.replaceAll('-', '')}${sequence}`
  return [
    String(index + 1),
    `${SURNAMES[person % SURNAMES.length]}${SURNAMES[(person >> 4) % SURNAMES.length]}`,
    '男',
    body + checkCharacter(body),
    isFaulty(index) ? '' : '汉族',
    birthDate,
    '大学本科',
    '正式党员',
    branch,
    '2009-07-01',
    '2010-07-01',
    '教师',
    `198${String(person).padStart(8, '0')}`,
    `云溪县杏花巷 ${person} 号`,
    '正常',
    '否',
    '否',
    '在职',
    '4500.50',
  ]
}
