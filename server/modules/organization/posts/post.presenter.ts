import type { HeldPost } from '../../../contracts/organization/unit-post.js'
import type { PostRow } from '../units/index.js'

/** @param unitPath path of the unit whose post it is */
export const presentPost = (
  row: PostRow,
  unitPath: string,
  recorder: string | null,
  mayChange: boolean,
): HeldPost => ({
  id: row.id,
  memberId: row.memberId,
  memberName: row.memberName,
  elsewhere: row.memberPath.startsWith(unitPath) ? null : row.memberUnitName,
  title: row.title,
  fromOn: row.fromOn,
  untilOn: row.untilOn,
  document: row.document,
  reason: row.reason,
  recordedBy: recorder,
  recordedAt: row.recordedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawnReason: row.withdrawnReason,
  can: { change: mayChange && row.withdrawnAt === null },
})
