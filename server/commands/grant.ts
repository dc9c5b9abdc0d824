/**
 * Grants a bound member a role over a unit and all units below it. The member is found by the telephone number on the
 * roster, because operators usually know that.
 */
import { BindingRecord } from '../modules/organization/bindings/binding.entity.js'
import { phoneIndexOf } from '../modules/organization/members/member-index.js'
import { MemberRecord } from '../modules/organization/members/member.entity.js'
import { UnitRecord } from '../modules/organization/units/unit.entity.js'
import { partyRoles } from '../modules/roles.js'
import { Access } from '../platform/access/access.js'
import type { Role } from '../platform/access/permissions.js'
import { Audit } from '../platform/audit/audit.js'
import { Database } from '../platform/database/database.js'
import { explainStart } from '../start-failure.js'
import { readArguments } from './arguments.js'
import { withInstallation } from './context.js'

const grantable = Object.keys(partyRoles)
const USAGE = `npm run grant -- --role ${grantable.join('|')} --unit 党组织名称 --phone 已绑定党员的手机号`

async function grant(): Promise<void> {
  const { role, unit: unitName, phone } = readArguments(['role', 'unit', 'phone'], USAGE)
  if (!grantable.includes(role)) throw new Error(`没有“${role}”这个角色。用法：${USAGE}`)
  await withInstallation(async (app) => {
    const database = app.get(Database)
    const units = await database.repository(UnitRecord).findBy({ name: unitName })
    const [unit] = units
    if (!unit || units.length > 1)
      throw new Error(`名称为“${unitName}”的党组织有 ${units.length} 个，应当正好一个。`)
    const accounts = await boundAccounts(database, phone)
    const [accountId] = accounts
    if (!accountId || accounts.length > 1) {
      throw new Error(
        `用这个手机号绑定好的党员有 ${accounts.length} 名，应当正好一名。请先在小程序里绑定并由上级确认。`,
      )
    }
    await database.transaction(async () => {
      await app.get(Access).grant(accountId, role as Role, unit.id, null)
      await app.get(Audit).record('access.granted', {
        actorId: null,
        unitId: unit.id,
        subjectId: accountId,
        data: { role },
      })
    })
    process.stdout.write(`已授予。对方重新进入小程序后生效。\n`)
  })
}

async function boundAccounts(database: Database, phone: string): Promise<string[]> {
  const members = await database.repository(MemberRecord).findBy({ phoneIndex: phoneIndexOf(phone) })
  const bindings = await Promise.all(
    members.map(({ id }) =>
      database.repository(BindingRecord).findOneBy({ memberKey: id, state: 'confirmed' }),
    ),
  )
  return bindings.flatMap((binding) => (binding ? [binding.accountId] : []))
}

grant().catch(explainStart)
