import type {
  AssessDues,
  Assessment,
  AssessmentHistory,
  BillPage,
} from '../../../server/contracts/organization/dues.js'
import type { Member } from '../../../server/contracts/home/member-page.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('An assessment holds from its month and keeps its history', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const assess = (memberId: string, assessment: Partial<AssessDues>) =>
    zhou.post(`/members/${memberId}/assessments`, { reason: '支部提出，党委核定', ...assessment })
  const history = async (memberId: string) =>
    ((await zhou.get(`/members/${memberId}/assessments`).expect(200)).body as AssessmentHistory).items
  const spans = async (memberId: string) =>
    (await history(memberId)).map(({ fromMonth, untilMonth, duesClass, amountFen }) => [
      fromMonth,
      untilMonth,
      duesClass,
      amountFen,
    ])
  const newcomer = (name: string): Promise<BuiltMember> =>
    village.world.county.member(village.dongling, { name, duesClass: 'wage' })
  const amountsOf = async (memberId: string, months: string[]) => {
    const bills = await village.world.database.query<{ month: string; amountFen: string | number }>(
      'SELECT month, amountFen FROM dues_bill WHERE memberId = ? ORDER BY month',
      [memberId],
    )
    const amounts = new Map(bills.map(({ month, amountFen }) => [month, Number(amountFen)]))
    return months.map((month) => amounts.get(month) ?? null)
  }

  it('a member is assessed: amount, sentence, article and reason are kept, the officer’s name is not', async () => {
    const { id } = await newcomer('首次核定')
    const request = { fromMonth: '2026-06', duesClass: 'wage', baseFen: 500_001 } as const
    const answer = (await assess(id, request).expect(201)).body as Assessment
    expect(answer).toEqual({
      id: answer.id,
      fromMonth: '2026-06',
      untilMonth: null,
      duesClass: 'wage',
      baseFen: 500_001,
      amountFen: 7_500,
      sentence:
        '每月工资收入 5000.01 元，超过 5000 元、不超过 10000 元的按 1.5% 缴纳，5000.01 × 1.5% = 75.00 元。',
      article: '《规定》第二条',
      reason: '支部提出，党委核定',
      assessedAt: '2026-11-21T04:00:00.000Z',
    })
    expect(await history(id)).toEqual([answer])
    expect((await zhou.get(`/members/${id}`).expect(200)).body as Member).toMatchObject({ monthlyFen: 7_500 })
  })

  it('a raise in the middle of the year ends the old one there; bills made before stay as they are', async () => {
    const { id } = await newcomer('年中调整')
    await assess(id, { fromMonth: '2026-06', duesClass: 'wage', baseFen: 300_000 }).expect(201)
    await village.world.county.bills(village.dongling, '2026-08')
    await village.world.county.bills(village.dongling, '2026-10')
    await assess(id, { fromMonth: '2026-09', duesClass: 'wage', baseFen: 600_000 }).expect(201)
    for (const month of ['2026-07', '2026-09', '2026-11']) {
      await village.world.county.bills(village.dongling, month)
    }
    expect(await spans(id)).toEqual([
      ['2026-09', null, 'wage', 9_000],
      ['2026-06', '2026-09', 'wage', 1_500],
    ])
    expect(await amountsOf(id, ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'])).toEqual([
      1_500, 1_500, 9_000,
      // billed before the raise was known
      1_500, 9_000,
    ])
  })

  it('from a wage to the fields and back: every month is charged by its own class', async () => {
    const { id } = await newcomer('进城返乡')
    await assess(id, { fromMonth: '2026-05', duesClass: 'wage', baseFen: 400_000 }).expect(201)
    await assess(id, { fromMonth: '2026-08', duesClass: 'farmer' }).expect(201)
    expect((await zhou.get(`/members/${id}`)).body).toMatchObject({ duesClass: 'farmer', monthlyFen: 20 })
    await assess(id, { fromMonth: '2026-10', duesClass: 'wage', baseFen: 420_000 }).expect(201)
    expect(await spans(id)).toEqual([
      ['2026-10', null, 'wage', 4_200],
      ['2026-08', '2026-10', 'farmer', 20],
      ['2026-05', '2026-08', 'wage', 4_000],
    ])
    const months = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11']
    for (const month of months) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, months)).toEqual([4_000, 20, 20, 4_200, 4_200])
    expect((await zhou.get(`/members/${id}`)).body).toMatchObject({ duesClass: 'wage', monthlyFen: 4_200 })
  })

  it('one from an earlier month rules from there on; what it overtakes never comes into force', async () => {
    const { id } = await newcomer('追溯核定')
    await assess(id, { fromMonth: '2026-05', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-08', duesClass: 'wage', baseFen: 200_000 }).expect(201)
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 300_000 }).expect(201)
    await assess(id, { fromMonth: '2026-07', duesClass: 'retired', baseFen: 400_000 }).expect(201)
    expect(await spans(id)).toEqual([
      ['2026-07', null, 'retired', 2_000],
      ['2026-11', '2026-11', 'wage', 1_500],
      ['2026-08', '2026-08', 'wage', 1_000],
      ['2026-05', '2026-07', 'wage', 500],
    ])
    const months = ['2026-06', '2026-07', '2026-08', '2026-11', '2026-12']
    for (const month of months) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, months)).toEqual([500, 2_000, 2_000, 2_000, 2_000])
  })

  it('again from the same month: the later word counts', async () => {
    const { id } = await newcomer('更正核定')
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 110_000 }).expect(201)
    expect(await spans(id)).toEqual([
      ['2026-11', null, 'wage', 550],
      ['2026-11', '2026-11', 'wage', 500],
    ])
  })

  it('from a month to come: until then the old one holds', async () => {
    const { id } = await newcomer('提前核定')
    await assess(id, { fromMonth: '2026-05', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-12', duesClass: 'wage', baseFen: 200_000 }).expect(201)
    expect((await zhou.get(`/members/${id}`)).body).toMatchObject({ monthlyFen: 500 })
    for (const month of ['2026-11', '2026-12']) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, ['2026-11', '2026-12'])).toEqual([500, 1_000])
  })

  it('several at the same moment: whoever is accepted is in the history, the others are told', async () => {
    const { id } = await newcomer('同时核定')
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((thousand) =>
        assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: thousand * 100_000 }),
      ),
    )
    const accepted = answers.filter(({ status }) => status === 201)
    expect(accepted.length).toBeGreaterThan(0)
    for (const answer of answers) {
      if (answer.status === 201) continue
      expect([answer.status, (answer.body as Problem).code]).toEqual([409, 'dues.assessed-meanwhile'])
    }
    const items = await history(id)
    expect(new Set(items.map((item) => item.id))).toEqual(
      new Set(accepted.map(({ body }) => (body as Assessment).id)),
    )
    expect(items.filter(({ untilMonth }) => untilMonth === null)).toHaveLength(1)
    await village.world.county.bills(village.dongling, '2026-11')
    expect(await amountsOf(id, ['2026-11'])).toEqual([
      items.find(({ untilMonth }) => untilMonth === null)?.amountFen,
    ])
  })

  it.each([
    [{ duesClass: 'wage' as const }, 'dues.base-missing', 'baseFen'],
    [{ duesClass: 'farmer' as const, baseFen: 100 }, 'dues.base-not-needed', 'baseFen'],
    [{ duesClass: 'wage' as const, baseFen: -1 }, 'request.invalid', 'baseFen'],
    [{ duesClass: 'wage' as const, baseFen: 0.5 }, 'request.invalid', 'baseFen'],
    [{ duesClass: 'wage' as const, baseFen: 100_000_001 }, 'request.invalid', 'baseFen'],
    [{ duesClass: 'wage' as const, baseFen: 100, fromMonth: '2026-13' }, 'request.invalid', 'fromMonth'],
    [{ duesClass: 'wage' as const, baseFen: 100, reason: '' }, 'request.invalid', 'reason'],
  ])('%j is refused with field and reason, and nothing is written', async (request, code, field) => {
    const before = await history(village.members.chen.id)
    const problem = (await assess(village.members.chen.id, { fromMonth: '2026-11', ...request }).expect(400))
      .body as Problem
    expect(problem).toMatchObject({ code, fields: [{ field }] })
    expect(await history(village.members.chen.id)).toEqual(before)
  })

  it('the secretary and the superior may read it, nobody else may write it', async () => {
    const path = `/members/${village.members.chen.id}/assessments`
    const request = { fromMonth: '2026-11', duesClass: 'farmer', reason: '不该成功' }
    for (const person of ['li', 'gao'] as const) {
      const caller = await village.as(person)
      await caller.get(path).expect(200)
      await caller.post(path, request).expect(403)
    }
    const zhao = await village.as('zhao')
    await zhao.get(path).expect(404)
    const chen = await village.as('chen')
    await chen.get(path).expect(403)
    await chen.post(path, request).expect(403)
    const { items } = (await chen.get('/me/bills').expect(200)).body as BillPage
    expect(items).not.toEqual([])
    expect(items.every(({ explanation }) => explanation.duesClass === 'wage')).toBe(true)
  })
})
