import type { ImportRow, RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { HEADINGS } from '../../unit/roster/workbook-builder.js'
import { ImportDesk, line, type Line } from './import-desk.js'
import { textOf } from './workbooks.js'

describe('A row that differs is proposed field by field', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  /** What importing somebody once more would change, with these cells changed. */
  const propose = async (known: Line, changes: Line): Promise<{ id: string; row: ImportRow }> => {
    const { id } = await desk.lay([{ ...known, ...changes }])
    const [row] = await desk.rows(id)
    if (!row) throw new Error('the import has no row')
    return { id, row }
  }
  const known = async (name: string, changes: Line = {}): Promise<Line> => {
    const cells = line(name, changes)
    await desk.import([cells], '2026-06')
    return cells
  }

  it('each change stands beside what is stored; telephone and address stay masked', async () => {
    const before = await known('宋大海')
    const { row } = await propose(before, {
      姓名: '宋海',
      民族: '回族',
      学历: '硕士研究生',
      工作岗位: '医生',
      联系电话: '19980009999',
      家庭住址: '云溪县临水街 8 号',
      是否流动党员: '是',
      计算基数: 6284.43,
    })
    const stored = textOf(before['联系电话'])
    expect(row).toMatchObject({ kind: 'changed', ticked: true, name: '宋海' })
    expect(row.changes).toEqual([
      { heading: '姓名', before: '宋大海', after: '宋海' },
      { heading: '民族', before: '汉族', after: '回族' },
      { heading: '学历', before: '大学本科教育', after: expect.stringContaining('研究生') },
      { heading: '工作岗位', before: '教师', after: '医生' },
      { heading: '联系电话', before: `199****${stored.slice(-4)}`, after: '199****9999' },
      { heading: '家庭住址', before: '云溪县杏花巷****', after: '云溪县临水街****' },
      { heading: '是否流动党员', before: '否', after: '是' },
      { heading: '计算基数', before: '4500.50 元', after: '6284.43 元' },
    ])
  })

  it('ticked changes are written, the others are not', async () => {
    const people = [await known('唐一'), await known('唐二'), await known('唐三')]
    const { id } = await desk.lay(people.map((cells) => ({ ...cells, 工作岗位: '护士', 计算基数: 8000 })))
    expect(await desk.find(id)).toMatchObject({ counts: { changed: 3 }, tickedCount: 3 })
    const rows = await desk.rows(id, 'changed')
    const unticked = rows.find(({ name }) => name === '唐二')
    const after = await desk.tick(id, { rowIds: [unticked?.id ?? ''], ticked: false })
    expect(after.tickedCount).toBe(2)
    expect(await desk.carryOut(id)).toMatchObject({ state: 'done', progress: { done: 2, total: 2 } })
    const [one, two, three] = await Promise.all(people.map((cells) => desk.memberOf(cells)))
    expect([one?.post, two?.post, three?.post]).toEqual(['护士', '教师', '护士'])
    expect(await desk.assessmentsOf(two?.id ?? '')).toHaveLength(1)
  })

  it('with nothing ticked there is nothing to execute, until something is ticked again', async () => {
    const cells = await known('许长河')
    const { id } = await desk.lay([{ ...cells, 工作岗位: '退休' }])
    expect(await desk.tick(id, { ticked: false })).toMatchObject({ tickedCount: 0, can: { execute: false } })
    await desk.execute(id).expect(409)
    expect(await desk.tick(id, { ticked: true })).toMatchObject({ tickedCount: 1, can: { execute: true } })
  })

  it('a change of branch is proposed, but nobody is moved unless the officer ticks it', async () => {
    const cells = await known('韩丽华')
    const { id, row } = await propose(cells, { 所在党支部: '河西村党支部' })
    expect(row).toMatchObject({
      kind: 'changed',
      ticked: false,
      changes: [{ heading: '所在党支部', before: '东岭村党支部', after: '河西村党支部' }],
    })
    expect((await desk.find(id)).can.execute).toBe(false)
    expect((await desk.memberOf(cells)).unitId).toBe(village.dongling.id)
    await village.world.county.bills(village.committee, '2026-10')
    await desk.tick(id, { rowIds: [row.id], ticked: true })
    await desk.carryOut(id)
    const member = await desk.memberOf(cells)
    expect(member.unitId).toBe(village.hexi.id)
    // A file says nothing of dues paid elsewhere: the month of the move is still the old branch's.
    for (const month of ['2026-11', '2026-12']) await village.world.county.bills(village.committee, month)
    const bills = await village.world.database
      .repository(BillRecord)
      .find({ where: { memberId: member.id }, order: { id: 'ASC' } })
    expect(bills.map(({ month, unitId }) => [month, unitId])).toEqual([
      ['2026-10', village.dongling.id],
      ['2026-11', village.dongling.id],
      ['2026-12', village.hexi.id],
    ])
  })

  it('only changed rows can be ticked', async () => {
    const { id } = await desk.lay([line('新来的人'), { ...line('有错的人'), 性别: '女' }])
    const rows = await desk.rows(id)
    const after = await desk.tick(id, { rowIds: rows.map((row) => row.id), ticked: true })
    expect(after.tickedCount).toBe(0)
    expect((await desk.rows(id)).map(({ ticked }) => ticked)).toEqual([false, false])
  })

  it('an empty cell, and a column that is not there, take nothing away', async () => {
    const cells = await known('曹春梅', { 党籍状态: '停止党籍', 是否失联党员: '是', 是否流动党员: '是' })
    const before = await desk.memberOf(cells)
    const blanks = Object.fromEntries(
      [
        '转正日期',
        '工作岗位',
        '联系电话',
        '家庭住址',
        '党籍状态',
        '是否失联党员',
        '是否流动党员',
        '计算基数',
      ].map((heading) => [heading, '']),
    )
    expect((await propose(cells, blanks)).row).toMatchObject({ kind: 'same', changes: [] })
    const few = HEADINGS.filter((heading) => !(heading in blanks))
    expect((await desk.lay([cells], few)).counts).toMatchObject({ same: 1 })
    // Also when another cell of the row brings a change.
    const { id, row } = await propose(cells, { ...blanks, 学历: '大学专科' })
    expect(row.changes.map(({ heading }) => heading)).toEqual(['学历'])
    await desk.carryOut(id)
    expect(await desk.memberOf(cells)).toEqual({
      ...before,
      education: expect.any(String),
      updatedAt: expect.any(Date),
    })
    expect(await desk.assessmentsOf(before.id)).toHaveLength(1)
  })

  it('a changed base becomes a new assessment from the month chosen; the old one is kept as history', async () => {
    const cells = await known('魏雅琴', { 计算基数: 3000 })
    const { id } = await propose(cells, { 计算基数: 3000.01 })
    await desk.carryOut(id, '2026-09')
    const member = await desk.memberOf(cells)
    expect(await desk.assessmentsOf(member.id)).toMatchObject([
      { fromMonth: '2026-06', untilMonth: '2026-09', baseFen: 300_000, amountFen: 1_500 },
      {
        fromMonth: '2026-09',
        untilMonth: null,
        baseFen: 300_001,
        amountFen: 3_000,
        reason: '花名册导入',
      },
    ])
    expect((await propose(cells, { 计算基数: 3000.01 })).row.kind).toBe('same')
  })

  it('from a wage to the fields, which need no base', async () => {
    const cells = await known('陶佳慧', { 计算基数: 3000 })
    const farmer = { 党费类别: '农民', 计算基数: '' }
    const { id, row } = await propose(cells, farmer)
    expect(row.changes).toEqual([{ heading: '党费类别', before: '按月领工资', after: '农民' }])
    await desk.carryOut(id, '2026-10')
    const member = await desk.memberOf(cells)
    expect(member.duesClass).toBe('farmer')
    expect(await desk.assessmentsOf(member.id)).toMatchObject([
      { fromMonth: '2026-06', untilMonth: '2026-10', duesClass: 'wage' },
      { fromMonth: '2026-10', untilMonth: null, duesClass: 'farmer', baseFen: null, amountFen: null },
    ])
    expect((await propose(cells, farmer)).row.kind).toBe('same')
  })

  it('to a class that needs a base which the file does not give: no bill is made until somebody assesses', async () => {
    const cells = await known('姜玉芳', { 计算基数: 3000 })
    const retired = { 党费类别: '离退休', 计算基数: '' }
    const { id, row } = await propose(cells, retired)
    expect(row.notes).toContain('没有计算基数，将不生成账单')
    await desk.carryOut(id, '2026-10')
    const member = await desk.memberOf(cells)
    expect(await desk.assessmentsOf(member.id)).toMatchObject([
      { fromMonth: '2026-06', untilMonth: '2026-10', duesClass: 'wage' },
      { fromMonth: '2026-10', untilMonth: null, duesClass: 'retired', baseFen: null, amountFen: null },
    ])
    expect((await desk.officer.get(`/members/${member.id}`)).body).toMatchObject({
      duesClass: 'retired',
      monthlyFen: null,
    })
    expect((await propose(cells, retired)).row.kind).toBe('same')
  })

  it('a base for somebody who had none makes the first assessment', async () => {
    const cells = await known('谢诗涵', { 计算基数: '' })
    const member = await desk.memberOf(cells)
    expect(await desk.assessmentsOf(member.id)).toMatchObject([{ baseFen: null, amountFen: null }])
    const { id, row } = await propose(cells, { 计算基数: 2500 })
    expect(row.changes).toEqual([{ heading: '计算基数', before: '（空）', after: '2500.00 元' }])
    await desk.carryOut(id, '2026-12')
    expect(await desk.assessmentsOf(member.id)).toMatchObject([
      { untilMonth: '2026-12', amountFen: null },
      { fromMonth: '2026-12', amountFen: 1_250 },
    ])
  })

  it('what an officer assessed by hand counts as stored: the file does not undo it unseen', async () => {
    const cells = await known('邹立新', { 计算基数: 3000 })
    const member = await desk.memberOf(cells)
    const byHand = { fromMonth: '2026-11', duesClass: 'wage', baseFen: 450_000, reason: '职级晋升' }
    await desk.officer.post(`/members/${member.id}/assessments`, byHand).expect(201)
    const { row } = await propose(cells, {})
    expect(row).toMatchObject({
      kind: 'changed',
      changes: [{ heading: '计算基数', before: '4500.00 元', after: '3000.00 元' }],
    })
  })

  it('somebody who was entered elsewhere since the preview is not entered twice', async () => {
    const cells = line('苏文博')
    const early = await desk.lay([cells])
    await desk.import([cells], '2026-06')
    const done: RosterImport = await desk.carryOut(early.id)
    expect(done.state).toBe('done')
    expect(await desk.search('苏文博')).toHaveLength(1)
    expect(await desk.assessmentsOf((await desk.memberOf(cells)).id)).toHaveLength(1)
  })
})
