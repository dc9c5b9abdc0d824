import { Injectable } from '@nestjs/common'
import type { MemberFactKind } from '../../../contracts/organization/member-fact.js'
import type { MemberPeriodRecord } from './member-period.entity.js'

/**
 * A fact that was recorded, or what holds again after one was taken back: for these days something else may hold than
 * before.
 */
export type FactChange = Pick<
  MemberPeriodRecord,
  | 'memberId'
  | 'kind'
  | 'value'
  | 'fromOn'
  | 'untilOn'
  | 'duesPaidThrough'
  | 'recordedBy'
  | 'recordedByName'
  | 'origin'
  | 'reason'
>

/** The value of today has become another one, by a recording or because its day has come. */
export interface FactInForce {
  memberId: string
  kind: MemberFactKind
  value: string
}

export interface FactListener {
  /** Called in the transaction that records. */
  recorded?(changes: readonly FactChange[]): Promise<void>
  /** Called in the transaction that changes today's value. */
  inForce?(facts: readonly FactInForce[]): Promise<void>
}

/** Rooms above register here: what they keep of a member changes in the same transaction as the member's facts. */
@Injectable()
export class MemberFactChanges {
  private readonly listeners: FactListener[] = []

  register(listener: FactListener): void {
    this.listeners.push(listener)
  }

  async recorded(changes: readonly FactChange[]): Promise<void> {
    if (changes.length === 0) return
    for (const listener of this.listeners) await listener.recorded?.(changes)
  }

  async inForce(facts: readonly FactInForce[]): Promise<void> {
    if (facts.length === 0) return
    for (const listener of this.listeners) await listener.inForce?.(facts)
  }
}
