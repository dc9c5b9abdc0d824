import { Column, Entity, Index } from 'typeorm'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import { encryptedColumn } from '../../../platform/database/encrypted-column.js'

/**
 * A named office of a unit and the person in it: a clerk or the finance office, who need not be members there. It can
 * hold roles as a membership does. Another person in the same office is another row.
 */
@Entity('office')
@Index('office_unit', ['unitId', 'closedAt'])
@Index('office_account', ['accountId', 'closedAt'])
@Index('office_phone', ['phoneIndex'])
export class OfficeRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  unitId: string

  /** 党费管理岗, 组织部干事 … as it is shown. */
  @Column(column.text(20))
  title: string

  /** Who it is: every reading of personal data names a person. */
  @Column(column.text(40))
  personName: string

  /** By which the person is recognized when they first sign in; null when the operator named the account. */
  @Column(encryptedColumn('office.phone', { nullable: true }))
  phone: string | null

  @Column(column.code(43, { nullable: true }))
  phoneIndex: string | null

  /** Null until the person has taken the office, and again after they have withdrawn their consent. */
  @Column(column.id({ nullable: true }))
  accountId: string | null

  /** The document that appoints the person. */
  @Column(column.text(100, { nullable: true }))
  document: string | null

  /** Account that opened it; null when the operator did. */
  @Column(column.id({ nullable: true }))
  openedBy: string | null

  @Column(column.instant())
  openedAt: Date

  @Column(column.instant({ nullable: true }))
  takenAt: Date | null

  @Column(column.instant({ nullable: true }))
  closedAt: Date | null
}
