import { Column, Entity, Index } from 'typeorm'
import type { ApprovalState } from '../../contracts/platform/approval.js'
import { column, PrimaryKey } from '../database/columns.js'
import { encryptedDocument } from '../database/encrypted-column.js'
import type { ApprovalKindName } from './approval-kind.js'

/** Something that happens only when a second person agrees. */
@Entity('approval_request')
@Index('approval_request_group', ['groupId', 'state'])
@Index('approval_request_waiting', ['state', 'kind', 'groupId'])
@Index('approval_request_about', ['aboutMemberId', 'id'])
@Index('approval_request_by', ['requestedBy', 'id'])
@Index('approval_request_open', ['openKey'], { unique: true })
export class ApprovalRequestRecord {
  @PrimaryKey(column.id())
  id: string

  @Column(column.code(30))
  kind: ApprovalKindName

  /** Whoever holds the kind's permission over this unit may decide. */
  @Column(column.id())
  unitId: string

  /** What it is about, in the words of its kind: a member, an account, a file. */
  @Column(column.code(60))
  subjectId: string

  /** The person concerned, who may object and may not decide; null when it concerns no single person. */
  @Column(column.id({ nullable: true }))
  aboutMemberId: string | null

  /** The account concerned where no membership is, such as that of an office. */
  @Column(column.id({ nullable: true }))
  aboutAccountId: string | null

  /** Requests with the same group are decided together; the own id when it stands alone. */
  @Column(column.id())
  groupId: string

  /** JSON: what is to be done. */
  @Column(encryptedDocument('approval.content'))
  content: string

  /** The account that asked. */
  @Column(column.id())
  requestedBy: string

  @Column(column.id({ nullable: true }))
  requesterMemberId: string | null

  /** Who asked, as shown. */
  @Column(column.text(100))
  requesterName: string

  @Column(column.instant())
  requestedAt: Date

  @Column(column.instant())
  lapsesAt: Date

  @Column(column.code(10))
  state: ApprovalState

  /** The account that decided; null also when an operator did. */
  @Column(column.id({ nullable: true }))
  decidedBy: string | null

  @Column(column.text(100, { nullable: true }))
  deciderName: string | null

  @Column(column.instant({ nullable: true }))
  decidedAt: Date | null

  @Column(column.text(200, { nullable: true }))
  opinion: string | null

  /** The document by which an operator decided. */
  @Column(column.text(200, { nullable: true }))
  document: string | null

  /** Kind and subject while it waits, so that the same is asked for once. */
  @Column(column.code(100, { nullable: true }))
  openKey: string | null
}
