import type { MemberPage, MemberRow } from '../../../server/contracts/home/member-page.js'
import type {
  ImportRow,
  ImportRowKind,
  ImportRowPage,
  MatchUnits,
  RosterImport,
  TickRows,
} from '../../../server/contracts/organization/roster-import.js'
import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { checkCharacter } from '../../../server/modules/organization/members/id-number.rules.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import type { Caller, World } from '../../support/world.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { upload, workbookOf, type Cell } from './workbooks.js'

/** A row of a roster by heading. */
export type Line = Record<string, Cell>

let serial = 0

/** A sound row about somebody new, with some cells changed. */
export function line(name: string, changes: Line = {}): Line {
  serial += 1
  const birthDate = `1980-01-${15 + Math.floor(serial / 400)}`
  const sequence = String((serial % 400) * 2 + 1).padStart(3, '0')
  const digits = `990103${birthDate.replaceAll('-', '')}${sequence}`
  return {
    姓名: name,
    性别: '男',
    公民身份号码: digits + checkCharacter(digits),
    民族: '汉族',
    出生日期: birthDate,
    学历: '大学本科',
    人员类别: '正式党员',
    所在党支部: '东岭村党支部',
    入党日期: '2005-07-01',
    转正日期: '2006-07-01',
    工作岗位: '教师',
    联系电话: `1998000${String(serial).padStart(4, '0')}`,
    家庭住址: '云溪县杏花巷 12 号',
    党籍状态: '正常',
    是否失联党员: '否',
    是否流动党员: '否',
    党费类别: '在职',
    计算基数: 4500.5,
    ...changes,
  }
}

export const rosterOf = (lines: Line[], headings: readonly string[] = HEADINGS): Promise<Buffer> =>
  workbookOf([[...headings], ...lines.map((cells) => headings.map((heading) => cells[heading] ?? null))])

/** Where an officer imports rosters. */
export class ImportDesk {
  constructor(
    readonly world: World,
    readonly officer: Caller,
  ) {}

  /** Uploads a file and lets its job read it. */
  async upload(bytes: Buffer, fileName?: string, fields?: Record<string, string>): Promise<RosterImport> {
    const answer = await upload(this.officer, bytes, fileName, fields).expect(201)
    const { id } = answer.body as RosterImport
    await this.world.settle()
    return this.find(id)
  }

  async lay(lines: Line[], headings?: readonly string[]): Promise<RosterImport> {
    return this.upload(await rosterOf(lines, headings))
  }

  async find(id: string): Promise<RosterImport> {
    return (await this.officer.get(`/roster-imports/${id}`).expect(200)).body as RosterImport
  }

  /** All rows of a kind, page by page. */
  async rows(id: string, kind?: ImportRowKind): Promise<ImportRow[]> {
    const rows: ImportRow[] = []
    let cursor = ''
    for (;;) {
      const query = `limit=40${kind ? `&kind=${kind}` : ''}${cursor && `&cursor=${cursor}`}`
      const { items, next } = (await this.officer.get(`/roster-imports/${id}/rows?${query}`).expect(200))
        .body as ImportRowPage
      rows.push(...items)
      if (next === null) return rows
      cursor = encodeURIComponent(next)
    }
  }

  async match(id: string, matches: MatchUnits['matches']): Promise<RosterImport> {
    return (await this.officer.put(`/roster-imports/${id}/unit-matches`, { matches }).expect(200))
      .body as RosterImport
  }

  async tick(id: string, ticks: TickRows): Promise<RosterImport> {
    return (await this.officer.put(`/roster-imports/${id}/ticks`, ticks).expect(200)).body as RosterImport
  }

  execute(id: string, assessmentMonth = '2026-11') {
    return this.officer.post(`/roster-imports/${id}/execution`, { assessmentMonth })
  }

  /** Executes an import and lets its job do all the work. */
  async carryOut(id: string, assessmentMonth?: string): Promise<RosterImport> {
    await this.execute(id, assessmentMonth).expect(201)
    await this.world.settle()
    return this.find(id)
  }

  /** Uploads and executes at once. */
  async import(lines: Line[], assessmentMonth?: string): Promise<RosterImport> {
    return this.carryOut((await this.lay(lines)).id, assessmentMonth)
  }

  /** Everything that is stored about members and what they pay, oldest first. */
  async stored(): Promise<{ members: MemberRecord[]; assessments: AssessmentRecord[] }> {
    const { database } = this.world
    return {
      members: await database.repository(MemberRecord).find({ order: { id: 'ASC' } }),
      assessments: await database.repository(AssessmentRecord).find({ order: { id: 'ASC' } }),
    }
  }

  async memberOf({ 公民身份号码: idNumber }: Line): Promise<MemberRecord> {
    const { members } = await this.stored()
    const found = members.find((member) => member.idNumber === idNumber)
    if (!found) throw new Error('nobody has this identity number')
    return found
  }

  /** What holds for a member, in months, earliest first. */
  async assessmentsOf(
    memberId: string,
  ): Promise<Array<AssessmentRecord & { fromMonth: string; untilMonth: string | null }>> {
    return (await this.stored()).assessments
      .filter((row) => row.memberId === memberId && row.withdrawnAt === null)
      .map((row) => ({
        ...row,
        fromMonth: row.fromOn.slice(0, 7),
        untilMonth: row.untilOn?.slice(0, 7) ?? null,
      }))
      .sort((one, other) => one.fromOn.localeCompare(other.fromOn))
  }

  async search(q: string): Promise<MemberRow[]> {
    const path = `/members?limit=100&q=${encodeURIComponent(q)}`
    return ((await this.officer.get(path).expect(200)).body as MemberPage).items
  }
}
