import { Injectable } from '@nestjs/common'
import type { MemberFactKind } from '../../../contracts/organization/member-fact.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { PeriodWriter, type Evidence, type PeriodTable } from '../../../platform/periods/period-writer.js'
import { MemberFactChanges, type FactInForce } from './member-fact-changes.js'
import { FACT_RULES, firstPeriods, type FirstFacts } from './member-facts.rules.js'
import { MemberPeriodRecord } from './member-period.entity.js'
import { MemberRecord } from './member.entity.js'

const TABLE: PeriodTable<MemberPeriodRecord> = {
  entity: MemberPeriodRecord,
  subjectOf: ({ memberId, kind }) => ({ memberId, kind }),
  keyOf: ({ memberId, kind }) => `${memberId}/${kind}`,
  saysTheSame: (one, other) => one.value === other.value,
}

export interface NewFact {
  memberId: string
  kind: MemberFactKind
  value: string
  fromOn: string
  /** First day on which it no longer holds. Without it, it ends where something recorded for later begins. */
  untilOn?: string | undefined
  duesPaidThrough?: string | undefined
}

export interface NewMemberFacts extends FirstFacts {
  memberId: string
  unitId: string
  duesPaidThrough?: string | undefined
}

/** What held for a member on a day, and the one way to write it. It authorizes nobody: whoever calls has done so. */
@Injectable()
export class MemberFacts {
  constructor(
    private readonly database: Database,
    private readonly periods: PeriodWriter,
    private readonly changes: MemberFactChanges,
    private readonly clock: Clock,
  ) {}

  /** What held on a day, by member; those of whom nothing is recorded have the value that is usual. */
  async asOf(kind: MemberFactKind, memberIds: readonly string[], day: string): Promise<Map<string, string>> {
    if (memberIds.length === 0) return new Map()
    const held = asOf('p', day)
    const rows = await this.database.query<{ memberId: string; value: string }>(
      `SELECT p.memberId, p.value FROM member_period p
       WHERE p.kind = ? AND p.memberId IN (${placeholders(memberIds)}) AND ${held.sql}`,
      [kind, ...memberIds, ...held.parameters],
    )
    const values = new Map(rows.map(({ memberId, value }) => [memberId, value]))
    const { whenSilent } = FACT_RULES[kind]
    if (whenSilent === null) return values
    return new Map(memberIds.map((id) => [id, values.get(id) ?? whenSilent]))
  }

  /**
   * Records that something holds from a day on, in the caller's transaction or one of its own. Others who record about
   * the member wait.
   * @returns false when the same held already, on all these days
   */
  record(fact: NewFact, evidence: Evidence): Promise<boolean> {
    return this.database.transaction(async () => {
      const { memberId, kind, value, fromOn } = fact
      await this.database.lock(MemberRecord, memberId)
      const row: MemberPeriodRecord = {
        ...this.periods.draft({ fromOn, untilOn: fact.untilOn ?? null }, evidence),
        memberId,
        kind,
        value,
        duesPaidThrough: fact.duesPaidThrough ?? null,
      }
      if (fact.untilOn === undefined) row.untilOn = await this.periods.naturalEnd(TABLE, row)
      const recorded = await this.periods.record(TABLE, row)
      if (!recorded) return false
      await this.changed(row)
      return true
    })
  }

  /**
   * Takes a fact back. On its days holds what is usual, or, where something always holds, what held before.
   * @returns false when nothing held before
   */
  withdraw(row: MemberPeriodRecord, evidence: Evidence): Promise<boolean> {
    return this.database.transaction(async () => {
      await this.database.lock(MemberRecord, row.memberId)
      const { whenSilent } = FACT_RULES[row.kind]
      if (whenSilent === null) {
        const before = (await this.periods.standing(TABLE, [row]))
          .filter(({ untilOn }) => untilOn === row.fromOn)
          .at(-1)
        if (!before) return false
        const { fromOn, untilOn } = row
        await this.periods.record(TABLE, {
          ...this.periods.draft({ fromOn, untilOn }, evidence),
          memberId: row.memberId,
          kind: row.kind,
          value: before.value,
          duesPaidThrough: row.duesPaidThrough,
        })
        await this.changed({ ...row, value: before.value, reason: evidence.reason ?? null })
        return true
      }
      await this.periods.withdraw(TABLE, [row], evidence.recordedBy, evidence.reason)
      await this.changed({ ...row, value: whenSilent, reason: evidence.reason ?? null })
      return true
    })
  }

  /** The first facts of members who are new, in the caller's transaction. */
  async recordFirst(members: readonly NewMemberFacts[], evidence: Evidence): Promise<void> {
    const rows = members.flatMap(({ memberId, unitId, duesPaidThrough, ...facts }) =>
      firstPeriods(unitId, facts).map(({ kind, value, ...days }): MemberPeriodRecord => ({
        ...this.periods.draft(days, evidence),
        memberId,
        kind,
        value,
        duesPaidThrough: kind === 'unit' ? (duesPaidThrough ?? null) : null,
      })),
    )
    await this.periods.insert(TABLE, rows)
    await this.changes.recorded(rows.filter(({ kind }) => kind === 'unit'))
  }

  /** Everything that was ever recorded of a member, latest day first; withdrawn rows too. */
  history(memberId: string, most: number): Promise<MemberPeriodRecord[]> {
    return this.database
      .repository(MemberPeriodRecord)
      .find({ where: { memberId }, order: { fromOn: 'DESC', id: 'DESC' }, take: most })
  }

  /** Puts today's values into the columns of members, and says which have become others. */
  async project(kind: MemberFactKind, memberIds: readonly string[]): Promise<FactInForce[]> {
    const { column } = FACT_RULES[kind]
    const today = await this.asOf(kind, memberIds, this.clock.today())
    const stored = await this.database.query<{ id: string; value: string }>(
      `SELECT id, ${column} AS value FROM member WHERE id IN (${placeholders(memberIds)})`,
      [...memberIds],
    )
    const inForce = stored.flatMap(({ id, value: before }) => {
      const value = today.get(id)
      return value === undefined || value === before ? [] : [{ memberId: id, kind, value }]
    })
    for (const { memberId, value } of inForce) {
      await this.database.execute(`UPDATE member SET ${column} = ?, updatedAt = ? WHERE id = ?`, [
        value,
        this.clock.now(),
        memberId,
      ])
    }
    await this.changes.inForce(inForce)
    return inForce
  }

  private async changed(row: MemberPeriodRecord): Promise<void> {
    await this.changes.recorded([row])
    await this.project(row.kind, [row.memberId])
  }
}
