import fc from 'fast-check'
import {
  ART_23_VALUES,
  MEMBER_CATEGORIES,
  MEMBER_FACT_KINDS,
  MEMBER_RIGHTS,
  MEMBER_STANDINGS,
  type MemberFactKind,
} from '../../../server/contracts/organization/member-fact.js'
import { MemberFacts } from '../../../server/modules/organization/members/member-facts.js'
import { MemberPeriodRecord } from '../../../server/modules/organization/members/member-period.entity.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { dayIn } from '../../../server/platform/config/business-time.js'
import { Scheduler } from '../../../server/platform/jobs/scheduler.js'
import { openVillage, type Village } from '../../support/village.js'
import { replayed } from './periods.replayed.js'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 25)
const START = new Date('2026-11-21T12:00:00+08:00')
const SECOND = 1_000
const DAY = 24 * 3600 * SECOND
/** The days that facts are about: some months before the story and some after. */
const FIRST = Date.parse('2026-08-01T00:00:00Z')
const SPAN = 300

const VALUES: Record<MemberFactKind, readonly string[]> = {
  unit: ['dongling', 'hexi'],
  category: MEMBER_CATEGORIES,
  standing: MEMBER_STANDINGS,
  rights: MEMBER_RIGHTS,
  'art-23': ART_23_VALUES,
}

type Step =
  | { do: 'record'; kind: MemberFactKind; value: string; from: number; length: number | null }
  | { do: 'withdraw'; which: number }
  | { do: 'wait'; days: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(...MEMBER_FACT_KINDS).chain((kind) =>
      fc.record({
        do: fc.constant('record' as const),
        kind: fc.constant(kind),
        value: fc.constantFrom(...VALUES[kind]),
        from: fc.nat(SPAN),
        length: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }),
      }),
    ),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(30) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 40 }) }),
  },
)

describe('the columns of a member are what its rows say, replayed in the order of recording', () => {
  let village: Village
  let facts: MemberFacts
  let now: number

  beforeAll(async () => {
    village = await openVillage(START)
    facts = village.world.app.get(MemberFacts, { strict: false })
    now = START.getTime()
    // The first time, the calendar only notes the hour.
    await village.world.app.get(Scheduler).beat('members.project')
  })
  afterAll(() => village.world.close())

  const evidence = { recordedBy: null, origin: 'recorded' as const, reason: '支部报来' }
  const rowsOf = (memberId: string) =>
    village.world.database.repository(MemberPeriodRecord).find({ where: { memberId }, order: { id: 'ASC' } })
  const pass = (ms: number) => {
    now += ms
    village.world.turnClockTo(new Date(now))
  }

  async function take(memberId: string, one: Step): Promise<void> {
    pass(SECOND)
    if (one.do === 'wait') {
      // To just after midnight of a later day, when the columns follow.
      pass(DAY * one.days)
      await village.world.app.get(Scheduler).beat('members.project')
      return
    }
    if (one.do === 'withdraw') {
      const standing = (await rowsOf(memberId)).filter(({ withdrawnAt }) => withdrawnAt === null)
      const row = standing[one.which % standing.length]
      if (row) await facts.withdraw(row, evidence)
      return
    }
    const { kind, from, length } = one
    const value = kind === 'unit' ? village[one.value as 'dongling' | 'hexi'].id : one.value
    const dayAt = (index: number) => dayIn(new Date(FIRST + index * DAY))
    const untilOn = length === null ? {} : { untilOn: dayAt(from + length) }
    await facts.record({ memberId, kind, value, fromOn: dayAt(from), ...untilOn }, evidence)
  }

  async function expectTheSame(memberIds: readonly string[]): Promise<void> {
    const today = dayIn(new Date(now))
    for (const id of memberIds) {
      const { unitId, category, standing, rights, art23 } = await village.world.database
        .repository(MemberRecord)
        .findOneByOrFail({ id })
      expect([today, { unit: unitId, category, standing, rights, 'art-23': art23 }]).toEqual([
        today,
        replayed(await rowsOf(id), today),
      ])
    }
  }

  it('after each entry, and on each day that comes', async () => {
    let withdrawn = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const { id } = await village.world.county.member(village.dongling, { name: '甲' })
        for (const one of steps) {
          await take(id, one)
          await expectTheSame([id])
        }
        withdrawn += (await rowsOf(id)).filter(({ withdrawnAt }) => withdrawnAt !== null).length
      }),
      { numRuns: RUNS },
    )
    expect(withdrawn).toBeGreaterThan(RUNS)
  }, 120_000)

  it('for everybody, on days all through the following year', async () => {
    const everybody = (await village.world.database.repository(MemberRecord).find()).map(({ id }) => id)
    expect(everybody.length).toBeGreaterThan(RUNS)
    for (let count = 0; count < 12; count++) {
      pass(31 * DAY)
      await village.world.app.get(Scheduler).beat('members.project')
      await expectTheSame(everybody)
    }
  }, 120_000)
})
