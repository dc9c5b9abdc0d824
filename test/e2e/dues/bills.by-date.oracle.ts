import type { DuesClass } from '../../../server/contracts/organization/dues.js'

export const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12']
export const STANDINGS = ['normal', 'suspended', 'died', 'removed', 'transferred-out'] as const
export const UNITS = ['dongling', 'hexi'] as const

type UnitName = (typeof UNITS)[number]

/** What students and people on relief pay, and farmers where nobody has decided otherwise. */
const LEAST_FEN = 20

/** What is recorded of a member, in the order of recording. */
export type Fact =
  | { kind: 'unit'; unit: UnitName; on: string; through: string | null }
  | { kind: 'standing'; standing: (typeof STANDINGS)[number]; on: string; until: string | null }
  | { kind: 'assess'; month: string; duesClass: DuesClass; yuan: number | null; later: 'keep' | 'replace' }

export interface OwedBill {
  month: string
  unit: UnitName
  duesClass: DuesClass
  amountFen: number
}

/**
 * A line of places, days or months, each with what holds there and whether an entry begins there. The oracle keeps no ranges: it goes
 * through the places one by one.
 */
class Line<Value> {
  private readonly held = new Map<number, Value>()
  private readonly begins = new Set<number>()

  constructor(private readonly length: number) {}

  at(place: number): Value | undefined {
    return this.held.get(place)
  }

  /** The next place after `from` where an entry begins; the end of the line without one. */
  nextBeginning(from: number): number {
    for (let place = from + 1; place < this.length; place++) if (this.begins.has(place)) return place
    return this.length
  }

  fill(from: number, until: number, value: Value): void {
    for (let place = from; place < until; place++) {
      this.held.set(place, value)
      this.begins.delete(place)
    }
    this.begins.add(from)
    if (until < this.length && this.held.has(until)) this.begins.add(until)
  }

  /** Says something else of an entry from a place on, as far as the entry goes. */
  restate(from: number, before: Value, value: Value): void {
    for (let place = from; this.held.get(place) === before; place++) this.held.set(place, value)
  }
}

/** Days are counted in months of 31, so that every written day has a place: 2026-06-01 is 0. */
const DAYS_OF_MONTH = 31
const dayPlace = (day: string): number =>
  monthPlace(day.slice(0, 7)) * DAYS_OF_MONTH + Number(day.slice(8)) - 1
const monthPlace = (month: string): number =>
  (Number(month.slice(0, 4)) - 2026) * 12 + Number(month.slice(5, 7)) - 6
const LENGTH_IN_MONTHS = 60
const LENGTH_IN_DAYS = LENGTH_IN_MONTHS * DAYS_OF_MONTH

const RATES: Partial<Record<DuesClass, ReadonlyArray<[yuan: number, perMille: number]>>> = {
  wage: [
    [3000, 5],
    [5000, 10],
    [10_000, 15],
    [Infinity, 20],
  ],
  'annual-salary': [
    [3000, 5],
    [5000, 10],
    [10_000, 15],
    [Infinity, 20],
  ],
  irregular: [
    [3000, 5],
    [5000, 10],
    [10_000, 15],
    [Infinity, 20],
  ],
  retired: [
    [5000, 5],
    [Infinity, 10],
  ],
}

interface PaysAs {
  duesClass: DuesClass
  yuan: number | null
}

/** Where and as what somebody pays, and how they stand, by facts recorded in this order. */
function linesOf(facts: readonly Fact[]) {
  const units = new Line<UnitName>(LENGTH_IN_DAYS)
  units.fill(0, LENGTH_IN_DAYS, 'dongling')
  const places = new Line<UnitName>(LENGTH_IN_MONTHS)
  places.fill(0, LENGTH_IN_MONTHS, 'dongling')
  const standings = new Line<{ standing: string; since: number }>(LENGTH_IN_DAYS)
  const classes = new Line<PaysAs>(LENGTH_IN_MONTHS)
  classes.fill(0, LENGTH_IN_MONTHS, { duesClass: 'farmer', yuan: null })
  for (const fact of facts) {
    if (fact.kind === 'unit') move(fact, units, places)
    if (fact.kind === 'standing') stand(fact, standings)
    if (fact.kind === 'assess') {
      const from = monthPlace(fact.month)
      classes.fill(from, fact.later === 'keep' ? classes.nextBeginning(from) : LENGTH_IN_MONTHS, fact)
    }
  }
  return { places, standings, classes }
}

/** As what a member pays in a month, by facts recorded in this order. */
export const classIn = (facts: readonly Fact[], month: string): DuesClass | undefined =>
  linesOf(facts).classes.at(monthPlace(month))?.duesClass

/** What a member of 东岭村, a farmer since long ago, owes for each month, by facts recorded in this order. */
export function owedBy(
  facts: readonly Fact[],
  months: readonly string[] = MONTHS,
  farmerFen: (month: string) => number = () => LEAST_FEN,
): OwedBill[] {
  const { places, standings, classes } = linesOf(facts)
  return months.flatMap((month): OwedBill[] => {
    const unit = places.at(monthPlace(month))
    const paysAs = classes.at(monthPlace(month))
    const amountFen = paysAs && (paysAs.duesClass === 'farmer' ? farmerFen(month) : amountOf(paysAs))
    if (!unit || !paysAs || !amountFen || !owes(month, standings)) return []
    return [{ month, unit, duesClass: paysAs.duesClass, amountFen }]
  })
}

function move(fact: Fact & { kind: 'unit' }, units: Line<UnitName>, places: Line<UnitName>): void {
  const from = dayPlace(fact.on)
  const until = units.nextBeginning(from)
  let isKnown = true
  for (let place = from; place < until; place++) isKnown &&= units.at(place) === fact.unit
  if (isKnown) return
  units.fill(from, until, fact.unit)
  const first = fact.through === null ? monthAfter(from) : monthPlace(fact.through) + 1
  const end = until === LENGTH_IN_DAYS ? LENGTH_IN_MONTHS : monthAfter(until)
  let isPaidThereAlready = true
  for (let place = first; place < end; place++) isPaidThereAlready &&= places.at(place) === fact.unit
  if (first < end && !isPaidThereAlready) places.fill(first, end, fact.unit)
}

/** The first whole month from a day on. */
const monthAfter = (place: number): number => Math.ceil(place / DAYS_OF_MONTH)

function stand(
  fact: Fact & { kind: 'standing' },
  standings: Line<{ standing: string; since: number }>,
): void {
  if (fact.until !== null && fact.until <= fact.on) return
  const from = dayPlace(fact.on)
  const until = fact.until === null ? standings.nextBeginning(from) : dayPlace(fact.until)
  let isKnown = true
  for (let place = from; place < until; place++) isKnown &&= standings.at(place)?.standing === fact.standing
  if (isKnown) return
  const after = standings.at(until)
  standings.fill(from, until, { standing: fact.standing, since: from })
  // What is left of an entry behind the new one begins there.
  if (after) standings.restate(until, after, { ...after, since: until })
}

/** The last day of the month decides; who is transferred out in the month pays for it here. */
function owes(month: string, standings: Line<{ standing: string; since: number }>): boolean {
  const first = monthPlace(month) * DAYS_OF_MONTH
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  const last = standings.at(first + days - 1)
  if (!last || last.standing === 'normal') return true
  return last.standing === 'transferred-out' && last.since > first
}

function amountOf({ duesClass, yuan }: PaysAs): number | null {
  const rates = RATES[duesClass]
  if (!rates) return LEAST_FEN
  if (yuan === null) return null
  const [, perMille = 0] = rates.find(([upTo]) => yuan <= upTo) ?? []
  return Math.min(Math.round((yuan * 100 * perMille) / 1000 + 1e-9), 100_000)
}
