import fc from 'fast-check'
import {
  DUES_CLASSES,
  type BillPage,
  type DuesDifferencePage,
} from '../../../server/contracts/organization/dues.js'
import type { LedgerMonthList, LedgerTotals } from '../../../server/contracts/organization/ledger.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { addMonths, monthIn } from '../../../server/platform/config/business-time.js'
import { Scheduler } from '../../../server/platform/jobs/scheduler.js'
import { OPENIDS, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { newKey, paramsOf, TIMERS } from '../payment/cashier.js'
import { classIn, owedBy, STANDINGS, UNITS, type Fact, type OwedBill } from './bills.by-date.oracle.js'

export const FIRST_MONTH = '2026-11'
/** How many months back facts are entered late, and bills are made again for whoever was left out. */
const LATE_MONTHS = 4
/** They pay, so their membership does not end. */
export const PAYERS = ['chen', 'wang', 'lyu'] as const
type Payer = (typeof PAYERS)[number]

/** The month from which farmers pay more. */
const RAISED_FROM = '2027-09'
const RAISED_FEN = 50
const farmerFen = (month: string): number => (month < RAISED_FROM ? 20 : RAISED_FEN)

/** What the calendar does at 00:05, and at 02:30. */
const AT_NIGHT = {
  work: ['members.project', 'dues.project-classes'],
  recount: ['members.recount', 'dues.recount-classes'],
} as const

interface Person {
  id: string
  isPayer: boolean
  /** First month that was billed for them. */
  since: string
  facts: Fact[]
  paid: Map<string, OwedBill>
}

/** What may be entered in a month: about whom, and how many months before or after. */
export type Entry = { about: number; monthsBack: number; day: number } & (
  | { enter: 'move'; paidThrough: boolean }
  | { enter: 'standing'; standing: (typeof STANDINGS)[number]; days: number | null }
  | { enter: 'class'; duesClass: (typeof DUES_CLASSES)[number]; yuan: number; later: 'keep' | 'replace' }
)

const where = {
  about: fc.nat(1_000),
  monthsBack: fc.integer({ min: -1, max: LATE_MONTHS }),
  day: fc.integer({ min: 1, max: 28 }),
}
/** What happens in one month of the village. */
export const entries: fc.Arbitrary<Entry[]> = fc.array(
  fc.oneof(
    fc.record({ ...where, enter: fc.constant('move' as const), paidThrough: fc.boolean() }),
    fc.record({
      ...where,
      enter: fc.constant('standing' as const),
      standing: fc.constantFrom(...STANDINGS),
      days: fc.option(fc.integer({ min: 5, max: 200 }), { nil: null }),
    }),
    fc.record({
      ...where,
      enter: fc.constant('class' as const),
      duesClass: fc.constantFrom(...DUES_CLASSES),
      yuan: fc.integer({ min: 100, max: 15_000 }),
      later: fc.constantFrom('keep' as const, 'replace' as const),
    }),
  ),
  { minLength: 2, maxLength: 5 },
)

/** A village that lives month by month: everything goes through the API and the jobs, and an oracle is told the same. */
export class TwoYears {
  private readonly people: Person[] = []
  private officer!: Caller

  private constructor(readonly village: Village) {}

  static async open(): Promise<TwoYears> {
    const village = await openVillage(turned(new Date(`${FIRST_MONTH}-01T00:01:00+08:00`)), {
      ownWechatKeys: true,
    })
    const life = new TwoYears(village)
    for (const [name, { id }] of Object.entries(village.members)) {
      const unit = name === 'zhao' || name === 'lyu' ? 'hexi' : 'dongling'
      life.people.push({
        id,
        isPayer: (PAYERS as readonly string[]).includes(name) || name === 'li' || name === 'zhao',
        since: FIRST_MONTH,
        facts: [{ kind: 'unit', unit, on: '2026-06-01', through: '2026-05' }, ...(PAID_BY[name] ?? [])],
        paid: new Map(),
      })
    }
    life.sort()
    for (const name of ['work', 'recount'] as const) await life.beat(name)
    return life
  }

  async close(): Promise<void> {
    await this.village.world.close()
    jest.useRealTimers()
  }

  /** Somebody who has come, a farmer in 东岭村. */
  async arrive(month: string): Promise<void> {
    const { id } = await this.village.world.county.member(this.village.dongling, {
      name: `来人${month}`,
      joinedOn: '2001-07-01',
    })
    const since = addMonths(month, -LATE_MONTHS)
    const facts: Fact[] = [{ kind: 'unit', unit: 'dongling', on: '2026-06-01', through: '2026-05' }]
    this.people.push({
      ...{ id, isPayer: false, facts, paid: new Map() },
      since: since < FIRST_MONTH ? FIRST_MONTH : since,
    })
    this.sort()
  }

  /** The month begins: at 00:05 columns follow the day, at 02:30 they are recounted, and the officer signs in. */
  async begin(month: string): Promise<void> {
    this.turnTo(month, '01T00:06:00')
    await this.beat('work')
    this.turnTo(month, '01T02:31:00')
    await this.beat('recount')
    this.turnTo(month, '02T09:00:00')
    this.officer = await this.village.as('zhou')
    if (month === addMonths(RAISED_FROM, -2)) {
      await this.officer
        .put(`/units/${this.village.committee.id}/dues-policy`, {
          ...{ farmerFen: RAISED_FEN, rounding: 'fen', fromMonth: RAISED_FROM },
        })
        .expect(200)
    }
  }

  async bill(month: string): Promise<void> {
    for (let back = LATE_MONTHS; back >= 0; back--) {
      const one = addMonths(month, -back)
      if (one < FIRST_MONTH) continue
      await this.officer.post('/dues-generations', { month: one }).expect(201)
      await this.village.world.settle()
    }
  }

  /** Enters it, over the API and for the oracle. */
  async enter(month: string, entry: Entry): Promise<void> {
    const open = this.people.filter(({ isPayer }) => {
      if (entry.enter === 'standing') return !isPayer
      // Often about those who have paid already.
      return isPayer || entry.about % 3 > 0
    })
    const person = open[entry.about % open.length]
    if (!person) return
    const about = addMonths(month, -entry.monthsBack)
    const on = `${about < FIRST_MONTH ? FIRST_MONTH : about}-${String(entry.day).padStart(2, '0')}`
    const fact = this.factOf(entry, on)
    await this.tell(person.id, fact)
    person.facts.push(fact)
  }

  /** One of those who pay, pays two months at most. @returns how many */
  async pay(month: string, payer: Payer, which: 'newest' | 'oldest'): Promise<number> {
    this.turnTo(month, '15T10:00:00')
    // A session lasts a week.
    this.officer = await this.village.as('zhou')
    const caller = await this.village.as(payer)
    const { items } = (await caller.get('/me/bills').expect(200)).body as BillPage
    const unpaid = items.filter(({ state }) => state === 'unpaid')
    const chosen = which === 'newest' ? unpaid.slice(0, 2) : unpaid.slice(-2)
    if (chosen.length === 0) return 0
    const order = await caller
      .post('/payments', { billIds: chosen.map(({ id }) => id) })
      .set('idempotency-key', newKey())
      .expect(201)
    const { request, tradeNo } = order.body as Payment
    const { control } = this.village.world.wechat
    control.plan({ kind: 'notification-withheld' })
    await control.pay(OPENIDS[payer], paramsOf(request))
    expect(await control.redeliver(tradeNo)).toBe(204)
    const person = this.people.find(({ id }) => id === this.village.members[payer].id)
    for (const bill of chosen) {
      const owed = person && this.owedIn(person, bill.month)
      if (owed) person.paid.set(bill.month, owed)
      expect(owed?.amountFen).toBe(bill.amountFen)
    }
    return chosen.length
  }

  /** Ledger, differences, bills and columns say what the oracle says. @returns how much there was to compare */
  async expectAgreement(month: string): Promise<{ bills: number; differences: number }> {
    const { database } = this.village.world
    const expected = this.people.flatMap((person) => this.billsOf(person, month))
    const rows = await database.query<Billed>(
      'SELECT memberId, month, unitId, amountFen, state FROM dues_bill ORDER BY memberId, month',
    )
    expect(rows.map((row) => ({ ...row }))).toEqual(expected)
    for (const unit of [undefined, ...UNITS]) {
      const unitId = unit && this.village[unit].id
      const path = `/dues-ledger/months${unitId ? `?unitId=${unitId}` : ''}`
      const { items } = (await this.officer.get(path).expect(200)).body as LedgerMonthList
      for (const { month: one, totals } of items) {
        const own = expected.filter((bill) => bill.month === one && (!unitId || bill.unitId === unitId))
        expect([month, unit, one, totals]).toEqual([month, unit, one, totalsOf(own)])
      }
    }
    const differences = await this.expectDifferences(month)
    await this.expectColumns(month)
    return { bills: expected.length, differences }
  }

  /** What the recount at night has found, in two years. */
  recounted(): Promise<unknown[]> {
    return this.village.world.database.query(`SELECT * FROM event WHERE name = 'member.projection-differs'`)
  }

  /** When the calendar last did its work. */
  async lastDone(): Promise<string[]> {
    const rows = await this.village.world.database.query<{ name: string; doneUntil: Date }>(
      `SELECT name, doneUntil FROM clock_lock WHERE doneUntil IS NOT NULL ORDER BY name`,
    )
    const names: readonly string[] = Object.values(AT_NIGHT).flat()
    return rows
      .filter(({ name }) => names.includes(name))
      .map(({ name, doneUntil }) => `${name} ${monthIn(doneUntil)}`)
  }

  /** As the database lists them. */
  private sort(): void {
    this.people.sort((one, other) => (one.id < other.id ? -1 : 1))
  }

  private async expectDifferences(month: string): Promise<number> {
    const items: DuesDifferencePage['items'] = []
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next && `&cursor=${encodeURIComponent(next)}`
      const page = (await this.officer.get(`/dues-differences?limit=50${cursor}`).expect(200))
        .body as DuesDifferencePage
      items.push(...page.items)
      next = page.next
    }
    const expected = this.people.flatMap((person) =>
      [...person.paid].flatMap(([one, { amountFen: billedFen }]) => {
        const owedFen = this.owedIn(person, one)?.amountFen ?? 0
        return owedFen === billedFen ? [] : [`${one} ${billedFen} ${owedFen}`]
      }),
    )
    const found = items.map((item) => `${item.month} ${item.billedFen} ${item.owedFen}`)
    expect([month, found.sort()]).toEqual([month, expected.sort()])
    return found.length
  }

  /** The class that lists show is that of the month. */
  private async expectColumns(month: string): Promise<void> {
    const rows = await this.village.world.database.query<{ id: string; duesClass: string }>(
      'SELECT id, duesClass FROM member ORDER BY id',
    )
    expect([month, rows.map(({ duesClass }) => duesClass)]).toEqual([
      month,
      this.people.map(({ facts }) => classIn(facts, month)),
    ])
  }

  private billsOf(person: Person, until: string): Billed[] {
    const bills: Billed[] = []
    for (let month = person.since; month <= until; month = addMonths(month, 1)) {
      const paid = person.paid.get(month)
      const bill = paid ?? this.owedIn(person, month)
      if (!bill) continue
      bills.push({
        ...{ memberId: person.id, month, unitId: this.village[bill.unit].id, amountFen: bill.amountFen },
        state: paid ? 'paid' : 'unpaid',
      })
    }
    return bills
  }

  private owedIn({ facts }: Person, month: string): OwedBill | undefined {
    return owedBy(facts, [month], farmerFen)[0]
  }

  private factOf(entry: Entry, on: string): Fact {
    if (entry.enter === 'move') {
      const unit = UNITS[entry.about % 2] ?? 'hexi'
      return { kind: 'unit', unit, on, through: entry.paidThrough ? on.slice(0, 7) : null }
    }
    if (entry.enter === 'standing') {
      const until = entry.days === null ? null : dayAfter(on, entry.days)
      return { kind: 'standing', standing: entry.standing, on, until }
    }
    const { duesClass, yuan, later } = entry
    const isComputed = COMPUTED.includes(duesClass)
    return { kind: 'assess', month: on.slice(0, 7), duesClass, yuan: isComputed ? yuan : null, later }
  }

  private async tell(memberId: string, fact: Fact): Promise<void> {
    if (fact.kind === 'assess') {
      const { month: fromMonth, duesClass, yuan, later } = fact
      const base = yuan === null ? {} : { baseFen: yuan * 100 }
      await this.officer
        .post(`/members/${memberId}/assessments`, {
          fromMonth,
          duesClass,
          ...base,
          later,
          reason: '重新核定',
        })
        .expect(201)
      return
    }
    const about =
      fact.kind === 'unit'
        ? { value: this.village[fact.unit].id, ...(fact.through ? { duesPaidThrough: fact.through } : {}) }
        : { value: fact.standing, ...(fact.until ? { untilOn: fact.until } : {}) }
    const { status } = await this.officer.post(`/members/${memberId}/facts`, {
      ...{ kind: fact.kind, fromOn: fact.on, reason: '支部报来' },
      ...about,
    })
    // What held already need not be recorded again.
    expect([201, 409]).toContain(status)
  }

  private async beat(what: keyof typeof AT_NIGHT): Promise<void> {
    const scheduler = this.village.world.app.get(Scheduler)
    for (const name of AT_NIGHT[what]) await scheduler.beat(name)
  }

  private turnTo(month: string, time: string): void {
    this.village.world.turnClockTo(turned(new Date(`${month}-${time}+08:00`)))
  }
}

interface Billed {
  memberId: string
  month: string
  unitId: string
  amountFen: number
  state: string
}

const COMPUTED: readonly string[] = ['wage', 'annual-salary', 'irregular', 'retired']

/** What the people of the village pay when the story begins. */
const PAID_BY: Record<string, Fact[]> = Object.fromEntries(
  (
    [
      ['li', 'wage', 4560],
      ['chen', 'wage', 6284.43],
      ['wang', 'retired', 3860],
    ] as const
  ).map(([name, duesClass, yuan]) => [
    name,
    [{ kind: 'assess', month: '2026-06', duesClass, yuan, later: 'replace' }],
  ]),
)

/** WeChat's clock goes along, whose signatures carry its time. */
function turned(now: Date): Date {
  jest.useFakeTimers({ now, doNotFake: [...TIMERS] })
  return now
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 24 * 3600_000).toISOString().slice(0, 10)

function totalsOf(bills: readonly Billed[]): LedgerTotals {
  const paid = bills.filter(({ state }) => state === 'paid')
  const unpaid = bills.filter(({ state }) => state === 'unpaid')
  const sum = (some: readonly Billed[]) => some.reduce((fen, { amountFen }) => fen + amountFen, 0)
  return {
    ...{ dueCount: bills.length, dueFen: sum(bills) },
    ...{ paidCount: paid.length, paidFen: sum(paid) },
    ...{ unpaidCount: unpaid.length, unpaidFen: sum(unpaid) },
  }
}
