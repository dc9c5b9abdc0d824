import type { BillPage } from '../../../server/contracts/organization/dues.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('A bill keeps what it was made with', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
    await village.world.county.bills(village.committee, '2026-10')
  })
  afterAll(() => village.world.close())

  const billsOf = async (person: 'lyu' | 'chen') =>
    ((await (await village.as(person)).get('/me/bills').expect(200)).body as BillPage).items

  it('its unit, when the member moves', async () => {
    const { world, dongling, hexi, members } = village
    await world.county.fact(members.chen, 'unit', hexi.id, '2026-11-01')
    await world.county.bills(village.committee, '2026-11')
    expect((await billsOf('chen')).map(({ month, unitName }) => [month, unitName])).toEqual([
      ['2026-11', '河西村党支部'],
      ['2026-10', '东岭村党支部'],
    ])
    await world.county.fact(members.chen, 'unit', dongling.id, '2026-11-01')
  })

  it('its amount and reason, when the unit’s policy changes: later bills follow it', async () => {
    const path = `/units/${village.committee.id}/dues-policy`
    await zhou.put(path, { farmerFen: 50, rounding: 'fen', fromMonth: '2026-12' }).expect(200)
    await village.world.county.bills(village.committee, '2026-12')
    expect((await billsOf('lyu')).map(({ month, amountFen }) => [month, amountFen])).toEqual([
      ['2026-12', 50],
      ['2026-11', 20],
      ['2026-10', 20],
    ])
    expect((await billsOf('lyu'))[0]?.explanation.sentence).toContain('现为 0.50 元')
    expect((await billsOf('lyu'))[2]?.explanation.sentence).toContain('现为 0.20 元')
  })

  it('rounding to the jiao holds for assessments of the months from then on', async () => {
    const path = `/units/${village.committee.id}/dues-policy`
    await zhou.put(path, { farmerFen: 50, rounding: 'jiao', fromMonth: '2026-12' }).expect(200)
    const assessment = { fromMonth: '2026-12', duesClass: 'wage', baseFen: 628_443, reason: '按角核定' }
    await zhou.post(`/members/${village.members.chen.id}/assessments`, assessment).expect(201)
    await village.world.county.bills(village.committee, '2026-09')
    const bills = await billsOf('chen')
    expect(bills.map(({ month, amountFen }) => [month, amountFen])).toEqual([
      ['2026-12', 9430],
      ['2026-11', 9427],
      ['2026-10', 9427],
      ['2026-09', 9427],
    ])
    expect(bills[0]?.explanation.sentence).toContain('= 94.30 元（四舍五入到角）。')
    expect(bills[3]?.explanation.sentence).toContain('= 94.27 元。')
  })

  it('a policy of this month is followed by the unpaid bills of this month, and by no others', async () => {
    const path = `/units/${village.committee.id}/dues-policy`
    await zhou.put(path, { farmerFen: 60, rounding: 'fen', later: 'replace' }).expect(200)
    await village.world.settle()
    expect((await billsOf('lyu')).map(({ month, amountFen }) => [month, amountFen])).toEqual([
      ['2026-12', 60],
      ['2026-11', 60],
      ['2026-10', 20],
      ['2026-09', 20],
    ])
  })

  it('a policy of a month that is over is refused', async () => {
    const path = `/units/${village.committee.id}/dues-policy`
    const problem = (
      await zhou.put(path, { farmerFen: 70, rounding: 'fen', fromMonth: '2026-10' }).expect(400)
    ).body
    expect(problem).toMatchObject({ code: 'dues.policy-too-early', fields: [{ field: 'fromMonth' }] })
  })

  it.each([19, 101, 20.5, '20', null])('farmers cannot be asked for %j fen', async (farmerFen) => {
    const path = `/units/${village.committee.id}/dues-policy`
    await zhou.put(path, { farmerFen, rounding: 'fen' }).expect(400)
    expect((await zhou.get(path).expect(200)).body).toMatchObject({ farmerFen: 60, rounding: 'fen' })
  })
})
