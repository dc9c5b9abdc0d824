import { Column, Entity, Index } from 'typeorm'
import type { MemberFactKind } from '../../../contracts/organization/member-fact.js'
import { column } from '../../../platform/database/columns.js'
import { PeriodRecord } from '../../../platform/periods/period-record.js'

/** What held for a member from a day until a day: their unit, category, standing, rights, and what Art. 23 spares them. */
@Entity('member_period')
@Index('member_period_subject', ['memberId', 'kind', 'fromOn'])
@Index('member_period_from', ['fromOn'])
@Index('member_period_until', ['untilOn'])
@Index('member_period_open', ['openKey'], { unique: true })
export class MemberPeriodRecord extends PeriodRecord {
  @Column(column.id())
  memberId: string

  @Column(column.code(10))
  kind: MemberFactKind

  /** A unit's id, or a code of the kind. */
  @Column(column.code(26))
  value: string

  /** 党费交至: of a move, the last month whose dues were paid where the member came from. */
  @Column(column.month({ nullable: true }))
  duesPaidThrough: string | null
}
