import { BindingRecord } from '../modules/organization/bindings/binding.entity.js'
import { phoneIndexOf } from '../modules/organization/members/member-index.js'
import { MemberRecord } from '../modules/organization/members/member.entity.js'
import type { Database } from '../platform/database/database.js'

/**
 * The one member who is on the roster with this telephone and bound to an account.
 * @throws with the next step when there is none, or more than one
 */
export async function boundMember(
  database: Database,
  phone: string,
): Promise<{ accountId: string; memberId: string; unitId: string }> {
  const members = await database.repository(MemberRecord).findBy({ phoneIndex: phoneIndexOf(phone) })
  const found = await Promise.all(
    members.map(async ({ id: memberId, unitId }) => {
      const binding = await database
        .repository(BindingRecord)
        .findOneBy({ memberKey: memberId, state: 'confirmed' })
      return binding ? [{ accountId: binding.accountId, memberId, unitId }] : []
    }),
  )
  const bound = found.flat()
  const [one] = bound
  if (one && bound.length === 1) return one
  throw new Error(
    `用这个手机号绑定好的党员有 ${bound.length} 名，应当正好一名。请先在小程序里绑定并由上级确认。`,
  )
}
