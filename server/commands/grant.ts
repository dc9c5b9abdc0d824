/**
 * Grants a bound member a role over a unit and all units below it, on a document. The member is found by the telephone
 * number on the roster, because operators usually know that. `npm run roles` lists roles and ends one.
 */
import { RoleHoldings } from '../modules/organization/roles/role-holdings.js'
import { UnitRecord } from '../modules/organization/units/unit.entity.js'
import { partyRoles } from '../modules/roles.js'
import type { Role } from '../platform/access/permissions.js'
import { Database } from '../platform/database/database.js'
import { isDuplicate } from '../platform/database/errors.js'
import { explainStart } from '../start-failure.js'
import { readArguments } from './arguments.js'
import { boundMember } from './bound-member.js'
import { withInstallation } from './context.js'

const grantable = Object.keys(partyRoles)
const USAGE = `npm run grant -- --role ${grantable.join('|')} --unit 党组织名称 --phone 已绑定党员的手机号 --document 任命文件`

async function grant(): Promise<void> {
  const given = readArguments(['role', 'unit', 'phone', 'document'], USAGE)
  const { role, unit: unitName, phone, document } = given
  if (!grantable.includes(role)) throw new Error(`没有“${role}”这个角色。用法：${USAGE}`)
  await withInstallation(async (app) => {
    const database = app.get(Database)
    const units = await database.repository(UnitRecord).findBy({ name: unitName })
    const [unit] = units
    if (!unit || units.length > 1)
      throw new Error(`名称为“${unitName}”的党组织有 ${units.length} 个，应当正好一个。`)
    const { accountId, memberId } = await boundMember(database, phone)
    try {
      await app.get(RoleHoldings, { strict: false }).give({
        holder: { kind: 'member', id: memberId },
        accountId,
        role: role as Role,
        nodeId: unit.id,
        reason: '系统管理员凭文件授予',
        document,
        grantedBy: null,
      })
    } catch (error) {
      if (isDuplicate(error))
        throw new Error(`这名党员在“${unitName}”已经有“${partyRoles[role as Role].name}”这个角色。`)
      throw error
    }
    process.stdout.write(`已授予，5 秒内生效。\n`)
  })
}

grant().catch(explainStart)
