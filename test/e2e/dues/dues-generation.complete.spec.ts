import type {
  Generation,
  GenerationList,
  GenerationPreview,
} from '../../../server/contracts/organization/generation.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { GenerationQueries } from '../../../server/modules/organization/dues/generation.queries.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('A month is generated once and completely', () => {
  let village: Village
  let zhou: Caller
  let seconds = 0
  const people: Record<string, BuiltMember> = {}

  beforeAll(async () => {
    village = await openVillage()
    const { county } = village.world
    const add = async (key: string, person: Omit<Parameters<typeof county.member>[1], 'name'>) => {
      people[key] = await county.member(village.dongling, { name: key, ...person })
    }
    await add('joined in October', { joinedOn: '2026-10-31' })
    await add('joined today', { joinedOn: '2026-11-21' })
    await add('joins on the last of November', { joinedOn: '2026-11-30' })
    await add('joins in December', { joinedOn: '2026-12-01' })
    await add('probationary since October', { joinedOn: '2026-10-01', category: 'probationary' })
    await add('probationary since November', { joinedOn: '2026-11-18', category: 'probationary' })
    await add('without an assessment', { duesClass: 'wage' })
    await add('on a base of nothing', { duesClass: 'wage', baseYuan: 0 })
    await add('suspended', {})
    await county.fact(people['suspended'] ?? { id: '' }, 'standing', 'suspended', '2026-01-10')
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const preview = async (month: string, unitId?: string) =>
    (
      await zhou
        .get(`/dues-generations/preview?month=${month}${unitId ? `&unitId=${unitId}` : ''}`)
        .expect(200)
    ).body as GenerationPreview
  const start = (month: string, unitId?: string, officer = zhou) => {
    // Each request at an instant of its own, as in life.
    village.world.turnClockTo(new Date(NOON.getTime() + 1000 * ++seconds))
    return officer.post('/dues-generations', { month, ...(unitId ? { unitId } : {}) })
  }
  const generate = async (month: string, unitId?: string) => {
    const { id } = (await start(month, unitId).expect(201)).body as Generation
    await village.world.settle()
    return (await zhou.get(`/dues-generations/${id}`).expect(200)).body as Generation
  }
  const billsOf = (month: string) => village.world.database.repository(BillRecord).findBy({ month })
  const billed = async (month: string) => {
    const ids = new Set((await billsOf(month)).map(({ memberId }) => memberId))
    return Object.keys(people).filter((key) => ids.has(people[key]?.id ?? ''))
  }
  const sumOf = (bills: BillRecord[]) => bills.reduce((sum, { amountFen }) => sum + amountFen, 0)

  it('the preview is what is made afterwards', async () => {
    const before = await preview('2026-11')
    expect(before).toEqual({
      month: '2026-11',
      unitId: village.committee.id,
      unitName: '中共云溪县委员会',
      // nine of the village, and seven of the nine above
      memberCount: 16,
      billedCount: 0,
      missingAssessmentCount: 1,
      newCount: 14,
      newFen: before.newFen,
    })
    const made = await generate('2026-11')
    const bills = await billsOf('2026-11')
    expect(made).toMatchObject({ state: 'done', createdCount: 14, missingAssessmentCount: 1, problem: null })
    expect(made.createdFen).toBe(before.newFen)
    expect([bills.length, sumOf(bills)]).toEqual([before.newCount, before.newFen])
    expect(await preview('2026-11')).toMatchObject({ billedCount: 14, newCount: 0, newFen: 0 })
  })

  it('again, it adds nothing and changes nothing', async () => {
    const before = await billsOf('2026-11')
    expect(await generate('2026-11')).toMatchObject({ state: 'done', createdCount: 0, createdFen: 0 })
    expect(await billsOf('2026-11')).toEqual(before)
  })

  it('everybody pays from the month of the meeting that accepted them, probationary or not', async () => {
    await generate('2026-10')
    await generate('2026-12')
    expect(await billed('2026-10')).toEqual(['joined in October', 'probationary since October'])
    expect(await billed('2026-11')).toEqual([
      'joined in October',
      'joined today',
      'joins on the last of November',
      'probationary since October',
      'probationary since November',
    ])
    expect(await billed('2026-12')).toEqual([
      'joined in October',
      'joined today',
      'joins on the last of November',
      'joins in December',
      'probationary since October',
      'probationary since November',
    ])
  })

  it('whoever is suspended, not assessed, or owes nothing has no bill', async () => {
    const bills = await village.world.database.repository(BillRecord).find()
    for (const key of ['suspended', 'without an assessment', 'on a base of nothing']) {
      expect(bills.filter(({ memberId }) => memberId === people[key]?.id)).toEqual([])
    }
  })

  it('once the assessment is there, the missing bill is added alone', async () => {
    const memberId = people['without an assessment']?.id ?? ''
    const assessment = { fromMonth: '2026-11', duesClass: 'wage', baseFen: 400_000, reason: '补核定' }
    await zhou.post(`/members/${memberId}/assessments`, assessment).expect(201)
    const before = await preview('2026-11')
    expect(before).toMatchObject({ missingAssessmentCount: 0, newCount: 1, newFen: 4_000 })
    expect(await generate('2026-11')).toMatchObject({ createdCount: 1, createdFen: 4_000 })
    expect(await generate('2026-10')).toMatchObject({ createdCount: 0, missingAssessmentCount: 1 })
  })

  it('one branch alone can be generated; the county adds the rest', async () => {
    const branch = await preview('2026-09', village.hexi.id)
    expect(branch).toMatchObject({ unitName: '河西村党支部', memberCount: 2, newCount: 2, newFen: 40 })
    expect(await generate('2026-09', village.hexi.id)).toMatchObject({
      unitName: '河西村党支部',
      createdCount: 2,
      createdFen: 40,
    })
    expect(await preview('2026-09')).toMatchObject({ billedCount: 2, newCount: 7 })
    expect(await generate('2026-09')).toMatchObject({ createdCount: 7 })
  })

  it('only this quarter and half a year back', async () => {
    for (const month of ['2026-04', '2027-01', '2016-11']) {
      const problem = (await start(month).expect(400)).body as Problem
      expect(problem).toMatchObject({
        code: 'dues.month-out-of-range',
        fields: [{ field: 'month', message: '只能选 2026年5月至2026年12月' }],
      })
      await zhou.get(`/dues-generations/preview?month=${month}`).expect(400)
    }
    expect(await billsOf('2026-04')).toEqual([])
  })

  it('two officers at the same moment: one begins, the other is told, and every bill is made once', async () => {
    const { county } = village.world
    const openid = 'o-second-officer-0000000'
    await village.world.person(openid)
    await county.grant(await county.account(openid), 'dues-officer', village.committee)
    const other = await village.world.signIn(openid)
    const officers = [zhou, other, zhou, other, zhou, other]
    const answers = await Promise.all(officers.map((officer) => start('2026-08', undefined, officer)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409])
    const told = answers.find(({ status }) => status === 409)?.body as Problem
    expect(told).toMatchObject({
      code: 'dues.generation-running',
      message: '2026年8月的账单正在生成，请稍等片刻再看。',
    })
    await village.world.settle()
    const bills = await billsOf('2026-08')
    expect(new Set(bills.map(({ memberId }) => memberId)).size).toBe(bills.length)
    expect(bills).toHaveLength(9)
  })

  it('a process that dies in the middle loses and doubles nothing', async () => {
    const { id } = (await start('2026-07').expect(201)).body as Generation
    const queries = village.world.app.get(GenerationQueries)
    const rangeEnd = queries.rangeEnd.bind(queries)
    const dying = jest
      .spyOn(queries, 'rangeEnd')
      .mockImplementationOnce(rangeEnd)
      .mockRejectedValueOnce(new Error('the process died'))
    await village.world.settle()
    expect(((await zhou.get(`/dues-generations/${id}`)).body as Generation).state).toBe('running')
    expect(await billsOf('2026-07')).toHaveLength(9)
    village.world.turnClockTo(new Date(NOON.getTime() + 3600_000))
    await village.world.settle()
    expect(dying).toHaveBeenCalledTimes(4)
    dying.mockRestore()
    expect((await zhou.get(`/dues-generations/${id}`)).body).toMatchObject({
      state: 'done',
      createdCount: 9,
      createdFen: sumOf(await billsOf('2026-07')),
    })
  })

  it('that fails for good is said in words, and can be asked for again', async () => {
    const { id } = (await start('2026-06').expect(201)).body as Generation
    const queries = village.world.app.get(GenerationQueries)
    const broken = jest.spyOn(queries, 'insertRange').mockRejectedValue(new Error('broken'))
    for (let hour = 2; hour < 7; hour++) {
      village.world.turnClockTo(new Date(NOON.getTime() + hour * 3600_000))
      await village.world.settle()
    }
    broken.mockRestore()
    expect((await zhou.get(`/dues-generations/${id}`)).body).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('请再试一次'),
    })
    seconds += 8 * 3600
    expect(await generate('2026-06')).toMatchObject({ state: 'done', createdCount: 9 })
  })

  it('the list shows the newest first, within the scope', async () => {
    const { items } = (await zhou.get('/dues-generations').expect(200)).body as GenerationList
    expect(items[0]).toMatchObject({ month: '2026-06', state: 'done' })
    const instants = items.map(({ requestedAt }) => requestedAt)
    expect(instants).toEqual([...instants].sort().reverse())
  })

  it('belongs to the dues officer alone', async () => {
    for (const person of ['li', 'gao', 'chen'] as const) {
      const caller = await village.as(person)
      await caller.post('/dues-generations', { month: '2026-11' }).expect(403)
      await caller.get('/dues-generations/preview?month=2026-11').expect(403)
      await caller.get('/dues-generations').expect(403)
    }
    const { county } = village.world
    const openid = 'o-officer-of-hexi-000000'
    await village.world.person(openid)
    await county.grant(await county.account(openid), 'dues-officer', village.hexi)
    const hexi = await village.world.signIn(openid)
    await hexi.post('/dues-generations', { month: '2026-05', unitId: village.dongling.id }).expect(404)
    await hexi.post('/dues-generations', { month: '2026-05', unitId: village.committee.id }).expect(404)
    const { items } = (await zhou.get('/dues-generations').expect(200)).body as GenerationList
    const county6 = items.find(({ month }) => month === '2026-06')
    await hexi.get(`/dues-generations/${county6?.id ?? ''}`).expect(404)
    expect(((await hexi.get('/dues-generations').expect(200)).body as GenerationList).items).toEqual(
      items.filter(({ unitName }) => unitName === '河西村党支部'),
    )
    expect(await billsOf('2026-05')).toEqual([])
  })
})
