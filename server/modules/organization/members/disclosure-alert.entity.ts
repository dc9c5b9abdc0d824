import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'

/** Somebody has read the full numbers of unusually many members within an hour; the unit above looks at it. */
@Entity('disclosure_alert')
@Index('disclosure_alert_once', ['readerId', 'hourKey'], { unique: true })
@Index('disclosure_alert_open', ['acknowledgedAt', 'unitId'])
export class DisclosureAlert {
  @PrimaryKey(column.id())
  id: string

  /** Whoever reviews over this unit looks at it: the unit above the reader's, or that of the reader when there is none. */
  @Column(column.id())
  unitId: string

  /** Account of the reader. */
  @Column(column.id())
  readerId: string

  @Column(column.id({ nullable: true }))
  readerMemberId: string | null

  @Column(column.text(100))
  readerName: string

  /** The hour of the clock in which it was noticed, `2026-11-21T04` in UTC: one alert an hour. */
  @Column(column.code(13))
  hourKey: string

  /** The first reading that counts, and the latest. */
  @Column(column.instant())
  fromAt: Date

  @Column(column.instant())
  lastAt: Date

  @Column(column.id({ nullable: true }))
  acknowledgedBy: string | null

  @Column(column.text(100, { nullable: true }))
  acknowledgerName: string | null

  @Column(column.instant({ nullable: true }))
  acknowledgedAt: Date | null

  /** What whoever looked at it found. */
  @Column(column.text(200, { nullable: true }))
  remark: string | null
}
