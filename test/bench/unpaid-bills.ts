import type { Connection } from 'mysql2/promise'
import type { SignedIn } from './callers.js'
import { UNPAID_MONTHS } from './data-set.statements.js'

/** Long before every month that the data set has and the bench makes. */
const LAST_YEAR = 2019
const IN_THE_PAST = `INSERT INTO dues_bill (id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding,
    amountFen, state, createdAt)
  SELECT CONCAT(memberId, ?), memberId, unitId, ?, duesClass, baseFen, rateBasisPoints, rounding, amountFen, 'unpaid',
    createdAt
  FROM dues_bill WHERE id IN (?)`

export interface Payable {
  caller: SignedIn
  billId: string
}

/**
 * Bills for callers to pay, which do not run out: when all are taken, every caller is billed for one more month of the
 * past, at the amount of a bill that exists.
 */
export class UnpaidBills {
  private readonly ready: Payable[] = []
  private readonly months = monthsBackwards(LAST_YEAR)

  constructor(
    private readonly connection: Connection,
    private readonly callers: readonly SignedIn[],
  ) {}

  async take(): Promise<Payable> {
    return this.ready.shift() ?? this.billOneMoreMonth()
  }

  private async billOneMoreMonth(): Promise<Payable> {
    const month = this.months.next().value
    const template = (UNPAID_MONTHS[0] ?? '').replace('-', '')
    await this.connection.query(IN_THE_PAST, [
      month.replace('-', ''),
      month,
      this.callers.map(({ memberId }) => memberId + template),
    ])
    const [first, ...others] = this.callers.map((caller) => ({
      caller,
      billId: caller.memberId + month.replace('-', ''),
    }))
    if (!first) throw new Error('nobody is signed in who could pay')
    this.ready.push(...others)
    return first
  }
}

function* monthsBackwards(year: number): Generator<string, never> {
  for (let number = 12 * year + 11; ; number--) {
    yield `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`
  }
}
