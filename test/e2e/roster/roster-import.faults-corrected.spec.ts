import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import type { Today } from '../../../server/contracts/home/today.js'
import type { UnitList } from '../../../server/contracts/organization/unit.js'
import { checkCharacter } from '../../../server/modules/organization/members/id-number.rules.js'
import { makeRosterWorkbook, planRoster, ROW_FAULTS } from '../../../server/seeds/organization/roster-file.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk } from './import-desk.js'
import { download, openWorkbook, textOf, workbookOf, type Cell, type OpenedSheet } from './workbooks.js'

const ROSTER = { seed: 7, count: 60, branches: ['东岭村党支部', '河西村党支部'], today: '2026-11-20' }
const UNKNOWN = '柳湾村党支部'

describe('An officer imports a roster with faults and finishes it', () => {
  let village: Village
  let desk: ImportDesk
  let uploaded: RosterImport
  let membersBefore: number
  /** Rows about the people that can be read, by row number. */
  const planted = new Map(planRoster(ROSTER).planted.map(({ kind, rowNumber }) => [kind, rowNumber]))
  const rowOf = (kind: Parameters<typeof planted.get>[0]) => planted.get(kind) ?? 0

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
    membersBefore = (await desk.stored()).members.length
  })
  afterAll(() => village.world.close())

  it('the preview counts every row, names what it recognized, and writes nothing', async () => {
    uploaded = await desk.upload(await makeRosterWorkbook(ROSTER), '花名册2026.xlsx')
    expect(uploaded).toMatchObject({
      fileName: '花名册2026.xlsx',
      sheetName: '党员花名册',
      state: 'preview',
      unitName: '中共云溪县委员会',
      counts: { total: 60, new: 52, changed: 0, same: 0, refused: 6, unitUnknown: 2 },
      tickedCount: 0,
      assessmentMonth: '2026-11',
      progress: { done: 0, total: 0 },
      can: { matchUnits: true, execute: true, cancel: true, downloadRefused: true },
    })
    expect(uploaded.columns.find(({ heading }) => heading === '公民身份号码')).toEqual({
      letter: 'D',
      heading: '公民身份号码',
      recognizedAs: '公民身份号码',
    })
    expect(uploaded.columns[0]).toEqual({ letter: 'A', heading: '序号', recognizedAs: null })
    expect(uploaded.notes).toContainEqual(expect.stringContaining('跳过了合计行'))
    expect((await desk.stored()).members).toHaveLength(membersBefore)
  })

  it('the home page reminds of it until it is done', async () => {
    const { tasks } = (await desk.officer.get('/me/today').expect(200)).body as Today
    expect(tasks).toMatchObject([{ kind: 'correct-import', title: '1 份花名册等您核对' }])
  })

  it('each refused row says which column is wrong and why', async () => {
    const refused = await desk.rows(uploaded.id, 'refused')
    expect(refused.map(({ rowNumber }) => rowNumber).sort()).toEqual(ROW_FAULTS.map(rowOf).sort())
    const headingAt = (kind: (typeof ROW_FAULTS)[number]) =>
      refused.find(({ rowNumber }) => rowNumber === rowOf(kind))?.problems.map(({ heading }) => heading)
    expect(headingAt('wrong-check-character')).toEqual(['公民身份号码'])
    expect(headingAt('rounded-id-number')).toEqual(['公民身份号码'])
    expect(headingAt('contradicting-sex')).toEqual(['性别'])
    expect(headingAt('unreadable-date')).toEqual(['入党日期'])
    expect(headingAt('base-in-words')).toEqual(['计算基数'])
    expect(headingAt('duplicate-person')).toEqual(['公民身份号码'])
    for (const { problems } of refused) {
      for (const { reason } of problems) expect(reason).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('a unit under another name is proposed, never matched silently; an unknown one has no proposal', () => {
    const { unknownUnits } = uploaded
    const almost = unknownUnits.find(({ name }) => name !== UNKNOWN)
    expect(unknownUnits).toHaveLength(2)
    expect(almost?.name).toMatch(/^(东岭村|河西村)支部$/)
    expect(almost?.proposals[0]?.name).toBe(almost?.name.replace('支部', '党支部'))
    expect(unknownUnits.find(({ name }) => name === UNKNOWN)).toMatchObject({ rowCount: 1, proposals: [] })
  })

  it('a match must say one thing: a unit of ours, or a new one', async () => {
    const path = `/roster-imports/${uploaded.id}/unit-matches`
    const both = { name: UNKNOWN, unitId: village.hexi.id, createUnder: village.committee.id }
    for (const match of [{ name: UNKNOWN }, both]) {
      const problem = await desk.officer.put(path, { matches: [match] }).expect(400)
      expect(problem.body).toMatchObject({ code: 'roster.match-one', fields: [{ field: 'matches.0' }] })
    }
    const foreign = { name: UNKNOWN, unitId: '0'.repeat(26) }
    await desk.officer.put(path, { matches: [foreign] }).expect(404)
    const below = { name: UNKNOWN, createUnder: village.hexi.id }
    await desk.officer.put(path, { matches: [below] }).expect(400)
    expect((await desk.find(uploaded.id)).unknownUnits).toHaveLength(2)
  })

  it('the officer matches the one, founds the other, and both rows are ready', async () => {
    const almost = uploaded.unknownUnits.find(({ name }) => name !== UNKNOWN)
    const matched = await desk.match(uploaded.id, [
      { name: almost?.name ?? '', unitId: almost?.proposals[0]?.unitId },
      { name: UNKNOWN, createUnder: village.committee.id },
    ])
    expect(matched).toMatchObject({
      counts: { total: 60, new: 54, refused: 6, unitUnknown: 0 },
      unknownUnits: [],
      can: { matchUnits: false },
    })
    const { items } = (await desk.officer.get('/units').expect(200)).body as UnitList
    expect(items.find(({ name }) => name === UNKNOWN)).toMatchObject({
      kind: 'branch',
      parentId: village.committee.id,
      memberCount: 0,
    })
  })

  it('executed, it goes on by itself; its progress is read from the import', async () => {
    const started = (await desk.execute(uploaded.id, '2026-10').expect(201)).body as RosterImport
    expect(started).toMatchObject({
      state: 'importing',
      assessmentMonth: '2026-10',
      progress: { done: 0, total: 54 },
      can: { matchUnits: false, execute: false, cancel: false },
    })
    await village.world.settle()
    expect(await desk.find(uploaded.id)).toMatchObject({
      state: 'done',
      progress: { done: 54, total: 54 },
      finishedAt: '2026-11-21T04:00:00.000Z',
      problem: null,
      can: { execute: false, cancel: false, downloadRefused: true },
    })
    expect(((await desk.officer.get('/me/today').expect(200)).body as Today).tasks).toEqual([])
  })

  it('the people are members of their units, and pay by what the file says from the month chosen', async () => {
    const { members, assessments } = await desk.stored()
    expect(members).toHaveLength(membersBefore + 54)
    const planned = [...planRoster(ROSTER).rows].filter(([rowNumber]) => rowNumber > 3)
    const refused = new Set(ROW_FAULTS.map(rowOf))
    let withBase = 0
    for (const [rowNumber, cells] of planned) {
      const idNumber = textOf(cells[3]).normalize('NFKC').toUpperCase()
      const member = members.find((one) => one.idNumber === idNumber)
      if (refused.has(rowNumber) || idNumber === '') continue
      expect(member?.name).toBe(textOf(cells[1]).replaceAll(' ', ''))
      const own = assessments.filter(({ memberId }) => memberId === member?.id)
      if (cells[18] === '') {
        expect(own.map(({ baseFen, amountFen }) => [baseFen, amountFen])).toEqual([[null, null]])
        continue
      }
      withBase += 1
      const yuan = Number(textOf(cells[18]).replace(/[,元]/g, ''))
      expect(own).toMatchObject([{ fromOn: '2026-10-01', untilOn: null, baseFen: Math.round(yuan * 100) }])
    }
    expect(withBase).toBeGreaterThan(10)
    const { items } = (await desk.officer.get('/units').expect(200)).body as UnitList
    expect(items.find(({ name }) => name === UNKNOWN)?.memberCount).toBe(1)
  })

  it('the refused rows come back as a file; corrected there and uploaded, they complete the roster', async () => {
    const { bytes, fileName } = await download(desk.officer, `/roster-imports/${uploaded.id}/refused-rows`)
    expect(fileName).toBe('需要改正的行-花名册2026.xlsx')
    const sheet = await openWorkbook(bytes)
    expect(sheet.rows.map((row) => Number(row['行号'])).sort()).toEqual(ROW_FAULTS.map(rowOf).sort())
    for (const row of sheet.rows) {
      const heading = textOf(row['有误的栏目'])
      expect(sheet.headings).toContain(heading)
      expect(textOf(row['原因']).startsWith(`${heading}：`)).toBe(true)
    }
    const again = await desk.upload(await corrected(sheet, rowOf), fileName)
    expect(again.counts).toEqual({ total: 5, new: 5, changed: 0, same: 0, refused: 0, unitUnknown: 0 })
    expect(again.can.downloadRefused).toBe(false)
    await desk.officer.get(`/roster-imports/${again.id}/refused-rows`).expect(404)
    expect(await desk.carryOut(again.id)).toMatchObject({ state: 'done', progress: { done: 5, total: 5 } })
    expect((await desk.stored()).members).toHaveLength(membersBefore + 59)
  })
})

/** What a clerk does with the file: the repeated person is deleted, the other rows are put right. */
function corrected(
  sheet: OpenedSheet,
  rowOf: (kind: (typeof ROW_FAULTS)[number]) => number,
): Promise<Buffer> {
  const kindOf = new Map(ROW_FAULTS.map((kind) => [rowOf(kind), kind]))
  const put: Record<(typeof ROW_FAULTS)[number], (row: Record<string, Cell>) => Record<string, Cell>> = {
    'wrong-check-character': ({ 公民身份号码: written }) => {
      const digits = textOf(written).slice(0, 17)
      return { 公民身份号码: digits + checkCharacter(digits) }
    },
    'rounded-id-number': ({ 公民身份号码: written, 性别: sex }) => {
      // As Excel shows it, 9.90101198303216E+17: fifteen digits are left.
      const known = textOf(written).replace('.', '').slice(0, 15)
      const digits = `${known}0${sex === '男' ? 1 : 2}`
      return { 公民身份号码: digits + checkCharacter(digits) }
    },
    'contradicting-sex': ({ 性别: sex }) => ({ 性别: sex === '男' ? '女' : '男' }),
    'unreadable-date': ({ 转正日期: regularized }) => ({ 入党日期: regularized ?? '2026-01-05' }),
    'base-in-words': () => ({ 计算基数: '5000' }),
    'duplicate-person': () => ({}),
  }
  const rows = sheet.rows.flatMap((row) => {
    const kind = kindOf.get(Number(row['行号']))
    return kind === undefined || kind === 'duplicate-person' ? [] : [{ ...row, ...put[kind](row) }]
  })
  return workbookOf([
    sheet.headings,
    ...rows.map((row) => sheet.headings.map((heading) => row[heading] ?? null)),
  ])
}
