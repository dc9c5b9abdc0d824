/**
 * Lists who holds which role over which unit, and ends one with a reason and a document, for when nobody in the app may:
 * `npm run roles` · `npm run roles -- --end 授权编号 --reason 理由 --document 文件`.
 */
import { parseArgs } from 'node:util'
import type { INestApplicationContext } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { Persons } from '../modules/organization/members/persons.js'
import { RoleHoldings } from '../modules/organization/roles/role-holdings.js'
import { UnitDirectory } from '../modules/organization/units/unit-directory.js'
import { partyRoles } from '../modules/roles.js'
import { Grant } from '../platform/access/grant.entity.js'
import { Database } from '../platform/database/database.js'
import { explainStart } from '../start-failure.js'
import { withInstallation } from './context.js'

const USAGE = 'npm run roles [-- --end 授权编号 --reason 理由 --document 文件]'
/** Lines of the list at most. */
const MOST = 500

async function roles(): Promise<void> {
  const { end, reason, document } = readOptions()
  await withInstallation(async (app) => {
    if (end === undefined) await list(app)
    else if (reason === undefined || document === undefined) throw new Error(`用法：${USAGE}`)
    else await endOne(app, end, `${reason}（${document}）`)
  })
}

function readOptions(): { end?: string; reason?: string; document?: string } {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { end: text, reason: text, document: text } }).values
  } catch {
    throw new Error(`用法：${USAGE}`)
  }
}

async function list(app: INestApplicationContext): Promise<void> {
  const grants = await app
    .get(Database)
    .repository(Grant)
    .find({ where: { revokedAt: IsNull() }, order: { id: 'ASC' }, take: MOST })
  const persons = app.get(Persons, { strict: false })
  const heldBy = (kind: string) =>
    grants.filter(({ holderKind }) => holderKind === kind).map(({ holderId }) => holderId)
  const [members, offices, units] = await Promise.all([
    persons.ofMembers(heldBy('member')),
    persons.ofOffices(heldBy('office')),
    app.get(UnitDirectory, { strict: false }).namesOf(grants.map(({ nodeId }) => nodeId)),
  ])
  for (const { id, holderId, role, nodeId, lastOn } of grants) {
    const name = members.get(holderId) ?? offices.get(holderId) ?? '（没有找到）'
    const until = lastOn === null ? '' : `，到 ${lastOn}`
    process.stdout.write(`${id}  ${name}  ${partyRoles[role].name}，${units.get(nodeId) ?? ''}${until}\n`)
  }
  if (grants.length === MOST) process.stdout.write(`只列出了前 ${MOST} 项，其余请在小程序里看。\n`)
}

async function endOne(app: INestApplicationContext, id: string, reason: string): Promise<void> {
  const holdings = app.get(RoleHoldings, { strict: false })
  const ended = await holdings.end([id], { endedBy: 'decision', revokedBy: null, reason })
  if (ended.length === 0)
    throw new Error(`没有编号为 ${id} 的角色，或者它已经结束。请用 npm run roles 查看。`)
  process.stdout.write('已收回，5 秒内生效。\n')
}

roles().catch(explainStart)
