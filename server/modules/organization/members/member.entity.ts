import { Column, Entity, Index } from 'typeorm'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import type {
  Art23,
  MemberCategory,
  MemberRights,
  MemberStanding,
  Sex,
} from '../../../contracts/organization/member-fact.js'
import { column, PrimaryKey } from '../../../platform/database/columns.js'
import { encryptedColumn } from '../../../platform/database/encrypted-column.js'

/** A member as the roster states them. Names are in clear, because lists are searched and sorted by them. */
@Entity('member')
@Index('member_unit_name', ['unitId', 'name'])
@Index('member_id_number', ['idNumberIndex'], { unique: true })
@Index('member_phone', ['phoneIndex'])
export class MemberRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.id())
  unitId: string

  @Column(column.text(100))
  name: string

  @Column(column.code(6))
  sex: Sex

  @Column(encryptedColumn('member.idNumber'))
  idNumber: string

  @Column(column.code(43))
  idNumberIndex: string

  @Column(encryptedColumn('member.phone', { nullable: true }))
  phone: string | null

  @Column(column.code(43, { nullable: true }))
  phoneIndex: string | null

  @Column(encryptedColumn('member.address', { nullable: true, length: 2048 }))
  address: string | null

  /** GB/T 3304 */
  @Column(column.code(2))
  nationality: string

  @Column(column.day())
  birthDate: string

  /** GB/T 4658 */
  @Column(column.code(3))
  education: string

  @Column(column.code(12))
  category: MemberCategory

  /** Day of the branch meeting that accepted them. */
  @Column(column.day())
  joinedOn: string

  @Column(column.day({ nullable: true }))
  regularizedOn: string | null

  @Column(column.text(100, { nullable: true }))
  post: string | null

  /** 党籍状态 */
  @Column(column.code(20))
  standing: MemberStanding

  /** 表决权、选举权、被选举权 */
  @Column(column.code(10, { default: 'full' }))
  rights: MemberRights

  /** 《中国共产党党员教育管理工作条例》第二十三条 */
  @Column(column.code(10, { default: 'none' }))
  art23: Art23

  @Column(column.flag())
  lostContact: boolean

  @Column(column.flag())
  floating: boolean

  /** The class by which dues are paid unless an assessment says otherwise. */
  @Column(column.code(20))
  duesClass: DuesClass

  @Column(column.instant())
  createdAt: Date

  @Column(column.instant())
  updatedAt: Date
}
