import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { UnitList } from '../../../server/contracts/organization/unit.js'
import { makeRosterWorkbook } from '../../../server/seeds/organization/roster-file.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, rosterOf, type Line } from './import-desk.js'
import { textOf } from './workbooks.js'

describe('Importing again changes nothing twice', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  it('the same file once more: every row is the same, and there is nothing to execute', async () => {
    const lines = ['马立新', '孟长河', '宁秀兰'].map((name) => line(name))
    const first = await desk.import(lines)
    expect(first).toMatchObject({ state: 'done', counts: { new: 3 } })
    const before = await desk.stored()
    const again = await desk.upload(await rosterOf(lines))
    expect(again).toMatchObject({
      counts: { total: 3, new: 0, changed: 0, same: 3, refused: 0 },
      can: { execute: false, downloadRefused: false },
    })
    const problem = (await desk.execute(again.id).expect(409)).body as Problem
    expect(problem.code).toBe('roster.nothing-to-import')
    expect(await desk.stored()).toEqual(before)
  })

  it('however differently it is written', async () => {
    const plain = line('司马文静', { 出生日期: '1980-01-15', 入党日期: '2005-07-01', 计算基数: 4500.5 })
    await desk.import([plain])
    const before = await desk.stored()
    const again: Line = {
      ...plain,
      姓名: ' 司 马 文 静 ',
      公民身份号码: textOf(plain['公民身份号码']).toLowerCase(),
      出生日期: '1980年1月15日',
      入党日期: '20050701',
      转正日期: '2006.7.1',
      所在党支部: '东岭村 党支部',
      联系电话: `+86 ${textOf(plain['联系电话']).replace(/^(...)(....)/, '$1-$2-')}`,
      计算基数: '¥4,500.50元',
      党费类别: '按月领取工资',
    }
    expect((await desk.lay([again])).counts).toMatchObject({ total: 1, same: 1 })
    expect(await desk.stored()).toEqual(before)
  })

  it('a roster full of faults, imported twice, adds each person once', async () => {
    const roster = { seed: 11, count: 40, branches: ['东岭村党支部', '河西村党支部'], today: '2026-11-20' }
    const bytes = await makeRosterWorkbook(roster)
    const first = await desk.upload(bytes)
    await desk.carryOut(first.id)
    const before = await desk.stored()
    const again = await desk.upload(bytes)
    expect(again.counts).toEqual({ ...first.counts, new: 0, same: first.counts.new })
    expect(await desk.stored()).toEqual(before)
  })

  it('what was matched once is known the next time', async () => {
    const [first, second] = [
      line('万明远', { 所在党支部: '东岭支部' }),
      line('万明达', { 所在党支部: '东岭支部' }),
    ]
    const { id, unknownUnits } = await desk.lay([first])
    expect(unknownUnits).toMatchObject([{ name: '东岭支部', proposals: [{ name: '东岭村党支部' }] }])
    await desk.match(id, [{ name: '东岭支部', unitId: village.dongling.id }])
    await desk.carryOut(id)
    expect(await desk.lay([first, second])).toMatchObject({
      unknownUnits: [],
      counts: { same: 1, new: 1, unitUnknown: 0 },
    })
  })

  it('a match can be changed: the later word counts', async () => {
    const { id } = await desk.lay([line('滕大勇', { 所在党支部: '二支部' })])
    await desk.match(id, [{ name: '二支部', unitId: village.dongling.id }])
    await desk.match(id, [{ name: '二支部', unitId: village.hexi.id }])
    const { unknownUnits } = await desk.lay([line('滕小勇', { 所在党支部: '二支部' })])
    expect(unknownUnits).toEqual([])
    const next = await desk.import([line('滕中勇', { 所在党支部: '二支部' })])
    expect(next.state).toBe('done')
    const [found] = await desk.search('滕中勇')
    expect(found?.unitName).toBe('河西村党支部')
  })

  it('a name written with and without a space is one unit, founded once', async () => {
    const lines = [
      line('柳一', { 所在党支部: '石桥村党支部' }),
      line('柳二', { 所在党支部: '石桥村 党支部' }),
      line('柳三', { 所在党支部: '石桥村　党支部' }),
    ]
    const { id } = await desk.lay(lines)
    const createUnder = village.committee.id
    const matched = await desk.match(id, [
      { name: '石桥村 党支部', createUnder },
      { name: '石桥村党支部', createUnder },
    ])
    expect(matched).toMatchObject({ unknownUnits: [], counts: { new: 3, unitUnknown: 0 } })
    const { items } = (await desk.officer.get('/units').expect(200)).body as UnitList
    expect(items.filter(({ name }) => name.startsWith('石桥'))).toMatchObject([{ name: '石桥村党支部' }])
  })

  it('one import cannot be executed twice, neither later nor at the same moment', async () => {
    const { id } = await desk.lay([line('边守田'), line('边思源')])
    const answers = await Promise.all([1, 2, 3].map(() => desk.execute(id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    await village.world.settle()
    const later = (await desk.execute(id).expect(409)).body as Problem
    expect(later).toMatchObject({ code: 'roster.changed-meanwhile' })
    await desk.officer.put(`/roster-imports/${id}/ticks`, { ticked: true }).expect(409)
    await desk.officer.delete(`/roster-imports/${id}`).expect(409)
    expect(await desk.search('边')).toHaveLength(2)
  })

  it('two uploads of the same file, both executed, add each person once', async () => {
    const lines = [line('卞卫东'), line('卞家栋')]
    const [one, other] = [await desk.lay(lines), await desk.lay(lines)]
    expect([one.counts.new, other.counts.new]).toEqual([2, 2])
    await desk.execute(one.id).expect(201)
    await desk.execute(other.id).expect(201)
    await village.world.settle()
    expect([(await desk.find(one.id)).state, (await desk.find(other.id)).state]).toEqual(['done', 'done'])
    expect(await desk.search('卞')).toHaveLength(2)
    for (const cells of lines) {
      expect(await desk.assessmentsOf((await desk.memberOf(cells)).id)).toHaveLength(1)
    }
  })

  it.each(['2026-04', '2027-01', '2026-13', 'November', undefined])(
    'bases cannot hold from %j',
    async (assessmentMonth) => {
      const { id } = await desk.lay([line('祝长河')])
      const problem = (
        await desk.officer.post(`/roster-imports/${id}/execution`, { assessmentMonth }).expect(400)
      ).body as Problem
      expect(problem.fields).toMatchObject([{ field: 'assessmentMonth' }])
      expect((await desk.find(id)).state).toBe('preview')
    },
  )
})
