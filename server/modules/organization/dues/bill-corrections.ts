import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { newId } from '../../../platform/database/ids.js'
import { PaymentQueries } from '../../../platform/payment/payment.queries.js'
import type { Days } from '../../../platform/periods/periods.rules.js'
import { billId, DUES_SUBJECT } from './bill-ids.js'
import { BillLocks } from './bill-locks.js'
import { BillCorrectionRecord } from './bill-correction.entity.js'
import type { BillCause } from '../../../contracts/organization/dues.js'
import { WithdrawnBillRecord } from './bill-withdrawn.entity.js'
import { BillRecord } from './bill.entity.js'
import { OWED, owedIn } from './owed-bills.sql.js'

/** What a bill says, apart from its key and state. */
type BillContent = Pick<
  BillRecord,
  'unitId' | 'duesClass' | 'baseFen' | 'rateBasisPoints' | 'rounding' | 'amountFen'
>

export interface Why {
  cause: BillCause
  reason: string | null
}

/**
 * Keeps bills true to the facts of their month. An unpaid bill whose facts changed is replaced; one that somebody is
 * paying waits for the order to close; a difference on a paid one is listed for the treasurer. It runs inside the
 * transaction that changes the facts.
 */
@Injectable()
export class BillCorrections {
  constructor(
    private readonly database: Database,
    private readonly locks: BillLocks,
    private readonly orders: PaymentQueries,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Compares the bills of members, at most some hundred, in the months that these days touch. */
  async correct(memberIds: readonly string[], days: Days, why: Why): Promise<void> {
    const ids = await this.idsOf(memberIds, days)
    await this.correctBills(ids, why)
  }

  /** Compares bills that an order no longer holds, and applies what waited. */
  async release(billIds: readonly string[]): Promise<void> {
    if (billIds.length === 0) return
    const waiting = await this.database.repository(BillCorrectionRecord).findBy({ billId: In([...billIds]) })
    for (const { billId, cause, reason } of waiting) await this.correctBills([billId], { cause, reason })
  }

  async correctBills(billIds: readonly string[], why: Why): Promise<void> {
    if (billIds.length === 0) return
    const bills = await this.locks.lock([...billIds])
    const beingPaid = await this.orders.beingPaid(DUES_SUBJECT, [...billIds])
    const owed = await this.owedBy(bills)
    const settled: string[] = []
    for (const bill of bills) {
      const content = owed.get(bill.id) ?? null
      if (saysTheSame(bill, content)) settled.push(bill.id)
      else if (bill.state === 'unpaid' && !beingPaid.has(bill.id)) {
        await this.replace(bill, content, why)
        settled.push(bill.id)
      } else if (bill.state === 'unpaid' || bill.amountFen !== (content?.amountFen ?? 0)) {
        await this.note(bill, content, why)
      } else settled.push(bill.id)
    }
    if (settled.length > 0) {
      await this.database.repository(BillCorrectionRecord).delete({ billId: In(settled) })
    }
  }

  /** Bills by the day range: from the month of its first day to that of its last. */
  private async idsOf(memberIds: readonly string[], { fromOn, untilOn }: Days): Promise<string[]> {
    if (memberIds.length === 0) return []
    const last = untilOn ?? '9999-12-31'
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM dues_bill WHERE ${memberIds.map(() => '(id >= ? AND id <= ?)').join(' OR ')}`,
      memberIds.flatMap((id) => [billId(id, fromOn.slice(0, 7)), billId(id, last.slice(0, 7))]),
    )
    return rows.map(({ id }) => id)
  }

  /** What is owed for the months of bills by the facts as they are now; bills of which nothing is owed are left out. */
  private async owedBy(bills: readonly BillRecord[]): Promise<Map<string, BillContent>> {
    const owed = new Map<string, BillContent>()
    for (const month of new Set(bills.map((bill) => bill.month))) {
      const members = bills.filter((bill) => bill.month === month).map(({ memberId }) => memberId)
      const { sql, parameters } = owedIn(month)
      const rows = await this.database.query<BillContent & { id: string; amountFen: number | null }>(
        `SELECT b.id, ${Object.entries(OWED)
          .map(([name, expression]) => `${expression} AS ${name}`)
          .join(', ')} ${sql} AND b.id IS NOT NULL AND m.id IN (${placeholders(members)})`,
        [...parameters, ...members],
      )
      for (const { id, ...content } of rows) if (content.amountFen) owed.set(id, content)
    }
    return owed
  }

  private async replace(
    bill: BillRecord,
    content: BillContent | null,
    { cause, reason }: Why,
  ): Promise<void> {
    const { id, state: _, paidAt: __, tradeNo: ___, ...old } = bill
    await this.database.repository(WithdrawnBillRecord).insert({
      ...old,
      id: newId(),
      billId: id,
      replacedByFen: content?.amountFen ?? null,
      cause,
      reason,
      withdrawnAt: this.clock.now(),
    })
    const bills = this.database.repository(BillRecord)
    if (content) await bills.update(id, content)
    else await bills.delete(id)
    await this.audit.record('dues.bill-replaced', {
      actorId: null,
      unitId: bill.unitId,
      subjectId: id,
      data: { month: bill.month, cause, oldFen: bill.amountFen, newFen: content?.amountFen ?? 0 },
    })
  }

  private async note(bill: BillRecord, content: BillContent | null, { cause, reason }: Why): Promise<void> {
    const { id, memberId, unitId, month, amountFen: billedFen } = bill
    await this.database.repository(BillCorrectionRecord).save({
      billId: id,
      memberId,
      unitId,
      month,
      billedFen,
      owedFen: content?.amountFen ?? 0,
      cause,
      reason,
      noticedAt: this.clock.now(),
    })
  }
}

const saysTheSame = (bill: BillContent, content: BillContent | null): boolean =>
  content !== null &&
  bill.unitId === content.unitId &&
  bill.duesClass === content.duesClass &&
  bill.baseFen === content.baseFen &&
  bill.rateBasisPoints === content.rateBasisPoints &&
  // A fixed amount is not rounded.
  (bill.baseFen === null || bill.rounding === content.rounding) &&
  bill.amountFen === content.amountFen
