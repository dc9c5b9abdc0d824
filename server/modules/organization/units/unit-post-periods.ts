import { Injectable } from '@nestjs/common'
import { Brackets } from 'typeorm'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { PeriodWriter, type Evidence, type PeriodTable } from '../../../platform/periods/period-writer.js'
import { holdsOn, type Days } from '../../../platform/periods/periods.rules.js'
import { UnitPostChanges, type PostInForce } from './unit-post-changes.js'
import { listOrderOf } from './unit-post-titles.rules.js'
import { UnitPost } from './unit-post.entity.js'
import { UnitRecord } from './unit.entity.js'

const TABLE: PeriodTable<UnitPost> = {
  entity: UnitPost,
  subjectOf: ({ unitId, memberId, title }) => ({ unitId, memberId, title }),
  keyOf: ({ unitId, memberId, title }) => `${unitId}/${memberId}/${title}`,
  // The subject says it all.
  saysTheSame: () => true,
}

/** Who, where and as what: several posts of a member may be held at once, and a post by several members. */
export type PostSubject = Pick<UnitPost, 'unitId' | 'memberId' | 'title'>

/**
 * The one way to write who holds a post from which day until which. It authorizes nobody. Whoever records about the member, too, locks
 * the member first: this locks the unit.
 */
@Injectable()
export class UnitPostPeriods {
  constructor(
    private readonly database: Database,
    private readonly periods: PeriodWriter,
    private readonly changes: UnitPostChanges,
    private readonly clock: Clock,
  ) {}

  /** @returns null when it is recorded already for all these days */
  hold(subject: PostSubject, days: Days, evidence: Evidence): Promise<UnitPost | null> {
    const row = this.row(subject, days, evidence)
    return this.changing([row], async () => ((await this.periods.record(TABLE, row)) ? row : null))
  }

  /** Withdraws a row and puts another in its place: a correction, or the same with its end. */
  replace(old: UnitPost, title: string, days: Days, evidence: Evidence): Promise<UnitPost> {
    const row = this.row({ ...old, title }, days, evidence)
    return this.changing([old, row], async () => {
      await this.periods.withdraw(TABLE, [old], evidence.recordedBy)
      await this.periods.record(TABLE, row)
      return row
    })
  }

  withdraw(row: UnitPost, { recordedBy, reason }: Evidence): Promise<void> {
    return this.changing([row], () => this.periods.withdraw(TABLE, [row], recordedBy, reason))
  }

  find(unitId: string, id: string): Promise<UnitPost | null> {
    return this.database.repository(UnitPost).findOneBy({ unitId, id })
  }

  /** Whom a post is about; nobody when there is no such post. */
  holderOf(id: string): Promise<Array<Pick<UnitPost, 'memberId'>>> {
    return this.database.query('SELECT memberId FROM unit_post_period WHERE id = ?', [id])
  }

  /** Posts of a member that are held on the day or will be, in any unit. */
  ofMemberFrom(memberId: string, day: string): Promise<UnitPost[]> {
    return this.database
      .repository(UnitPost)
      .createQueryBuilder('p')
      .where({ memberId })
      .andWhere('p.withdrawnAt IS NULL')
      .andWhere(new Brackets((any) => any.where('p.untilOn IS NULL').orWhere('p.untilOn > :day', { day })))
      .getMany()
  }

  /** Whether these posts are held today. */
  async today(subjects: readonly PostSubject[]): Promise<PostInForce[]> {
    const rows = await this.periods.standing(
      TABLE,
      subjects.map((subject) => this.row(subject, { fromOn: '', untilOn: null }, NOBODY)),
    )
    const held = new Set(
      rows.filter((row) => holdsOn(row, this.clock.today())).map((row) => TABLE.keyOf(row)),
    )
    return subjects.map(({ unitId, memberId, title }) => ({
      unitId,
      memberId,
      title,
      isHeld: held.has(`${unitId}/${memberId}/${title}`),
    }))
  }

  /** Locks the units, writes, and tells those who listen what is no longer so today, or is now. */
  private changing<T>(rows: readonly UnitPost[], write: () => Promise<T>): Promise<T> {
    const subjects = [...new Map(rows.map((row) => [TABLE.keyOf(row), row])).values()]
    return this.database.transaction(async () => {
      await this.database.lock(UnitRecord, [...new Set(subjects.map(({ unitId }) => unitId))])
      const before = await this.today(subjects)
      const result = await write()
      const after = await this.today(subjects)
      await this.changes.inForce(after.filter(({ isHeld }, index) => isHeld !== before[index]?.isHeld))
      return result
    })
  }

  private row({ unitId, memberId, title }: PostSubject, days: Days, evidence: Evidence): UnitPost {
    return {
      ...this.periods.draft(days, evidence),
      unitId,
      memberId,
      title,
      listOrder: listOrderOf(title),
    }
  }
}

const NOBODY: Evidence = { recordedBy: null, origin: 'recorded' }
