import fc from 'fast-check'
import type { DuesPolicy } from '../../../server/contracts/organization/dues-policy.js'
import { DuesPolicies } from '../../../server/modules/organization/dues/dues-policies.service.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

/** From the current month of the story on. */
const MONTHS = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04']

describe('what was decided for a later month stays unless the officer says otherwise', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const decide = (unitId: string, farmerFen: number, fromMonth: string, later?: 'keep' | 'replace') =>
    zhou.put(`/units/${unitId}/dues-policy`, {
      farmerFen,
      rounding: 'fen',
      fromMonth,
      ...(later ? { later } : {}),
    })
  const policyOf = async (unitId: string) =>
    (await zhou.get(`/units/${unitId}/dues-policy`).expect(200)).body as DuesPolicy
  const later = async (unitId: string) =>
    (await policyOf(unitId)).later.map(({ farmerFen, fromMonth }) => [farmerFen, fromMonth])

  it('asks, and writes nothing before it has an answer', async () => {
    const { dongling } = village
    await decide(dongling.id, 60, '2027-01').expect(200)
    const refusal = await decide(dongling.id, 40, '2026-12').expect(409)
    expect(refusal.body).toMatchObject({ code: 'dues.later-policy' })
    expect(await later(dongling.id)).toEqual([[60, '2027-01']])
    expect(await policyOf(dongling.id)).toMatchObject({
      unitName: '东岭村党支部',
      farmerFen: 20,
      can: { change: true },
    })
  })

  it('a decision for the county asks about the branch below, and keeps what was decided there', async () => {
    const { committee, dongling, hexi } = village
    await decide(committee.id, 30, '2026-12').expect(409)
    await decide(committee.id, 30, '2026-12', 'keep').expect(200)
    expect(await later(dongling.id)).toEqual([
      [30, '2026-12'],
      [60, '2027-01'],
    ])
    expect(await later(hexi.id)).toEqual([[30, '2026-12']])
  })

  it('or replaces it', async () => {
    const { committee, dongling } = village
    await decide(committee.id, 50, '2026-12', 'replace').expect(200)
    expect(await later(dongling.id)).toEqual([[50, '2026-12']])
  })

  it('for any decisions in any order, each month follows the last one that was to reach it', async () => {
    const policies = village.world.app.get(DuesPolicies, { strict: false })
    const entry = fc.record({
      month: fc.nat({ max: MONTHS.length - 1 }),
      farmerFen: fc.integer({ min: 20, max: 100 }),
      later: fc.constantFrom('keep' as const, 'replace' as const),
    })
    let founded = 0
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 5 }), async (entries) => {
        founded += 1
        const { id: unitId } = await village.world.county.unit(
          'branch',
          `第${founded}村党支部`,
          village.committee,
        )
        // The months that begin a decision, and what holds in each month.
        const first = await policies.asOf(unitId, '2026-11-01')
        const starts = new Set<number>()
        const expected: number[] = []
        for (const [index, month] of MONTHS.entries()) {
          const { farmerFen, fromOn } = await policies.asOf(unitId, `${month}-01`)
          expected[index] = farmerFen
          if (fromOn === `${month}-01` && fromOn !== first.fromOn) starts.add(index)
        }
        for (const { month, farmerFen, later: choice } of entries) {
          await decide(unitId, farmerFen, MONTHS[month] ?? '', choice).expect(200)
          const next =
            choice === 'keep'
              ? Math.min(...[...starts].filter((at) => at > month), MONTHS.length)
              : MONTHS.length
          // The same amount again is no new decision.
          const isNew = expected.slice(month, next).some((fen) => fen !== farmerFen)
          if (!isNew) continue
          for (let at = month; at < next; at++) expected[at] = farmerFen
          for (const at of [...starts]) if (at >= month && at < next) starts.delete(at)
          starts.add(month)
        }
        for (const [index, month] of MONTHS.entries()) {
          expect([month, (await policies.asOf(unitId, `${month}-01`)).farmerFen]).toEqual([
            month,
            expected[index],
          ])
        }
      }),
      { numRuns: 25 },
    )
  }, 120_000)
})
