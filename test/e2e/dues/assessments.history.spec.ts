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
  /** What holds, latest month first. */
  const holding = async (memberId: string) =>
    (await history(memberId))
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .sort((one, other) => other.fromMonth.localeCompare(one.fromMonth))
  /** The same from 2026 on: a newcomer waits to be assessed since long ago. */
  const spans = async (memberId: string) =>
    (await holding(memberId))
      .filter(({ fromMonth }) => fromMonth > '2026')
      .map(({ fromMonth, untilMonth, duesClass, amountFen }) => [fromMonth, untilMonth, duesClass, amountFen])
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

  it('a member is assessed: amount, sentence, article, reason and the officer are kept', async () => {
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
      assessedBy: '周敏（中共云溪县委员会工作岗）',
      assessedAt: '2026-11-21T04:00:00.000Z',
      withdrawnAt: null,
    })
    expect((await holding(id))[0]).toEqual(answer)
    expect((await zhou.get(`/members/${id}`).expect(200)).body as Member).toMatchObject({ monthlyFen: 7_500 })
  })

  it('a raise in the middle of the year ends the old one there; unpaid bills made before follow', async () => {
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
      // billed before the raise was known, and not paid yet
      9_000, 9_000,
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
      ['2026-08', '2026-10', 'farmer', null],
      ['2026-05', '2026-08', 'wage', 4_000],
    ])
    const months = ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11']
    for (const month of months) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, months)).toEqual([4_000, 20, 20, 4_200, 4_200])
    expect((await zhou.get(`/members/${id}`)).body).toMatchObject({ duesClass: 'wage', monthlyFen: 4_200 })
  })

  it('one from an earlier month asks what becomes of those already made for later months', async () => {
    const { id } = await newcomer('追溯核定')
    await assess(id, { fromMonth: '2026-05', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-08', duesClass: 'wage', baseFen: 200_000 }).expect(201)
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 300_000 }).expect(201)
    const late = { fromMonth: '2026-07', duesClass: 'retired', baseFen: 400_000 } as const
    const problem = (await assess(id, late).expect(409)).body as Problem
    expect(problem).toMatchObject({ code: 'dues.later-assessment' })
    expect(problem.message).toContain('2026年8月起已经另有核定')
    await assess(id, { ...late, later: 'keep' }).expect(201)
    expect(await spans(id)).toEqual([
      ['2026-11', null, 'wage', 1_500],
      ['2026-08', '2026-11', 'wage', 1_000],
      ['2026-07', '2026-08', 'retired', 2_000],
      ['2026-05', '2026-07', 'wage', 500],
    ])
    await assess(id, { ...late, later: 'replace' }).expect(201)
    expect(await spans(id)).toEqual([
      ['2026-07', null, 'retired', 2_000],
      ['2026-05', '2026-07', 'wage', 500],
    ])
    const months = ['2026-06', '2026-07', '2026-08', '2026-11', '2026-12']
    for (const month of months) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, months)).toEqual([500, 2_000, 2_000, 2_000, 2_000])
  })

  it('again from the same month: the later word counts, the earlier one stays in the history', async () => {
    const { id } = await newcomer('更正核定')
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: 110_000 }).expect(201)
    expect(await spans(id)).toEqual([['2026-11', null, 'wage', 550]])
    const withdrawn = (await history(id)).filter(({ withdrawnAt }) => withdrawnAt !== null)
    expect(withdrawn.map(({ amountFen }) => amountFen)).toContain(500)
  })

  it('from a month to come: until then the old one holds', async () => {
    const { id } = await newcomer('提前核定')
    await assess(id, { fromMonth: '2026-05', duesClass: 'wage', baseFen: 100_000 }).expect(201)
    await assess(id, { fromMonth: '2026-12', duesClass: 'wage', baseFen: 200_000 }).expect(201)
    expect((await zhou.get(`/members/${id}`)).body).toMatchObject({ monthlyFen: 500 })
    for (const month of ['2026-11', '2026-12']) await village.world.county.bills(village.dongling, month)
    expect(await amountsOf(id, ['2026-11', '2026-12'])).toEqual([500, 1_000])
  })

  it('several at the same moment: one holds, all are in the history, and nothing overlaps', async () => {
    const { id } = await newcomer('同时核定')
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((thousand) =>
        assess(id, { fromMonth: '2026-11', duesClass: 'wage', baseFen: thousand * 100_000 }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201])
    const all = new Set((await history(id)).map((item) => item.id))
    expect(answers.map(({ body }) => (body as Assessment).id).every((own) => all.has(own))).toBe(true)
    const [only, ...others] = (await holding(id)).filter(({ untilMonth }) => untilMonth === null)
    expect(others).toEqual([])
    await village.world.county.bills(village.dongling, '2026-11')
    expect(await amountsOf(id, ['2026-11'])).toEqual([only?.amountFen])
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
