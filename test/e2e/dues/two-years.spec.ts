import fc from 'fast-check'
import { addMonths } from '../../../server/platform/config/business-time.js'
import { entries, FIRST_MONTH, PAYERS, TwoYears } from './two-years.js'

const MONTHS = Array.from({ length: 24 }, (_, index) => addMonths(FIRST_MONTH, index))
/** Another story: `STORY_SEED=7 npx jest test/e2e/dues/two-years`. */
const SEED = Number(process.env['STORY_SEED'] ?? 2026)
const SLOW_MS = 60_000

describe(`two years of a village, month by month (story ${SEED})`, () => {
  let life: TwoYears
  const story = fc.sample(entries, { seed: SEED, numRuns: MONTHS.length })
  const counted = { bills: 0, differences: 0, payments: 0 }

  beforeAll(async () => {
    life = await TwoYears.open()
  }, SLOW_MS)
  afterAll(() => life.close())

  it.each(MONTHS.map((month, index): [string, number] => [month, index]))(
    '%s: sums, differences and columns are what somebody computes who goes through the days',
    async (month, index) => {
      await life.begin(month)
      if (index % 5 === 2) await life.arrive(month)
      await life.bill(month)
      const happened = story[index] ?? []
      const late = happened.splice(Math.ceil(happened.length / 2))
      for (const entry of happened) await life.enter(month, entry)
      const payer = PAYERS[index % PAYERS.length] ?? 'chen'
      counted.payments += await life.pay(month, payer, index % 2 === 0 ? 'newest' : 'oldest')
      // Entered after people have paid.
      for (const entry of late) await life.enter(month, entry)
      await life.bill(month)
      const { bills, differences } = await life.expectAgreement(month)
      counted.bills += bills
      counted.differences += differences
    },
    SLOW_MS,
  )

  it('the recount of each night found nothing, and the calendar has kept up', async () => {
    expect(await life.recounted()).toEqual([])
    const last = MONTHS.at(-1) ?? ''
    const done = ['dues.project-classes', 'dues.recount-classes', 'members.project', 'members.recount']
    expect(await life.lastDone()).toEqual(done.map((name) => `${name} ${last}`))
  })

  it('there was something to compare', () => {
    expect(counted.bills).toBeGreaterThan(1_000)
    expect(counted.payments).toBeGreaterThan(24)
    expect(counted.differences).toBeGreaterThan(5)
  })
})
