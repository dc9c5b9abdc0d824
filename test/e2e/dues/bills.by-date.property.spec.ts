import fc from 'fast-check'
import { DUES_CLASSES } from '../../../server/contracts/organization/dues.js'
import { AssessmentPeriods } from '../../../server/modules/organization/dues/assessment-periods.js'
import { openVillage, type Village } from '../../support/village.js'
import { owedBy, MONTHS, STANDINGS, UNITS, type Fact } from './bills.by-date.oracle.js'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 40)
type Step = Fact | { kind: 'bill'; month: string }

const month = fc.constantFrom(...MONTHS)
const day = fc
  .tuple(month, fc.integer({ min: 1, max: 30 }))
  .map(([m, d]) => `${m}-${String(d).padStart(2, '0')}`)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('unit' as const),
    unit: fc.constantFrom(...UNITS),
    on: day,
    through: fc.option(month, { nil: null }),
  }),
  fc.record({
    kind: fc.constant('standing' as const),
    standing: fc.constantFrom(...STANDINGS),
    on: day,
    until: fc.option(day, { nil: null }),
  }),
  fc.record({
    kind: fc.constant('assess' as const),
    month,
    duesClass: fc.constantFrom(...DUES_CLASSES),
    yuan: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null }),
    later: fc.constantFrom('keep' as const, 'replace' as const),
  }),
  fc.record({ kind: fc.constant('bill' as const), month }),
)

/** Facts about one member in any order, billed early and late: what is owed is the same. */
describe('a month is billed by the facts of that month, whenever they were recorded', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  async function live(steps: readonly Step[], bills: boolean): Promise<string> {
    const { world, dongling } = village
    const member = await world.county.member(dongling, {
      name: '甲',
      duesClass: 'farmer',
      joinedOn: '2001-07-01',
    })
    for (const one of steps) {
      if (one.kind === 'bill') {
        if (bills) await world.county.bills(village.committee, one.month)
      } else await record(member.id, one)
    }
    return member.id
  }

  async function record(memberId: string, one: Fact): Promise<void> {
    const { county, app, database } = village.world
    if (one.kind === 'unit') {
      const more = one.through === null ? {} : { duesPaidThrough: one.through }
      return county.fact({ id: memberId }, 'unit', village[one.unit].id, one.on, more)
    }
    if (one.kind === 'standing') {
      if (one.until !== null && one.until <= one.on) return
      const more = one.until === null ? {} : { untilOn: one.until }
      return county.fact({ id: memberId }, 'standing', one.standing, one.on, more)
    }
    const { duesClass, yuan } = one
    const isComputed = ['wage', 'annual-salary', 'irregular', 'retired'].includes(duesClass)
    const input = {
      memberId,
      unitId: village.dongling.id,
      fromMonth: one.month,
      duesClass,
      baseFen: isComputed && yuan !== null ? yuan * 100 : null,
    }
    await database.transaction(() =>
      app
        .get(AssessmentPeriods, { strict: false })
        .record(input, one.later, { recordedBy: null, origin: 'recorded' }),
    )
  }

  const billsOf = async (memberId: string) =>
    (
      await village.world.database.query<Record<string, unknown>>(
        `SELECT month, unitId, duesClass, baseFen, rateBasisPoints, amountFen FROM dues_bill
         WHERE memberId = ? ORDER BY month`,
        [memberId],
      )
    ).map((row) => ({ ...row }))

  it('bills made in between say in the end what bills made at the end say', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
        const early = await live(steps, true)
        const late = await live(steps, false)
        for (const one of MONTHS) await village.world.county.bills(village.committee, one)
        expect(await billsOf(early)).toEqual(await billsOf(late))
      }),
      { numRuns: RUNS },
    )
  }, 120_000)

  it('they say what somebody computes who goes through the days one by one', async () => {
    let owing = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 9 }), async (steps) => {
        const memberId = await live(steps, true)
        for (const one of MONTHS) await village.world.county.bills(village.committee, one)
        const expected = owedBy(steps.flatMap((one) => (one.kind === 'bill' ? [] : [one])))
        const bills = await billsOf(memberId)
        expect(
          bills.map(({ month, unitId, duesClass, amountFen }) => ({ month, unitId, duesClass, amountFen })),
        ).toEqual(expected.map(({ unit, ...bill }) => ({ ...bill, unitId: village[unit].id })))
        owing += expected.length
      }),
      { numRuns: RUNS },
    )
    expect(owing).toBeGreaterThan(RUNS)
  }, 120_000)
})
