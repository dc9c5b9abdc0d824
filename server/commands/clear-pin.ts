/**
 * Clears a PIN that was forgotten, on a document, for when no other administrator exists who could do it in the app. Its
 * owner, a bound member by the telephone on the roster or anybody by a role that `npm run roles` lists, sets a new one.
 */
import { parseArgs } from 'node:util'
import type { INestApplicationContext } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { Grant } from '../platform/access/grant.entity.js'
import { Database } from '../platform/database/database.js'
import { Pins } from '../platform/pin/pins.js'
import { explainStart } from '../start-failure.js'
import { boundMember } from './bound-member.js'
import { withInstallation } from './context.js'

const USAGE =
  'npm run clear-pin -- --phone 已绑定党员的手机号 --document 批准文件；在岗位上工作的同志用 --grant 授权编号 代替 --phone，编号见 npm run roles'

async function clearPin(): Promise<void> {
  const { phone, grant, document } = readOptions()
  if (!document || (phone === undefined) === (grant === undefined)) throw new Error(`用法：${USAGE}`)
  await withInstallation(async (app) => {
    const { accountId, unitId } = phone === undefined ? await holderOf(app, grant) : await member(app, phone)
    const by = { actorId: null, unitId, document }
    if (!(await app.get(Pins, { strict: false }).clear(accountId, by))) {
      throw new Error('对方没有设置操作密码，不用清除。')
    }
    process.stdout.write('已清除。请本人到“我的”→“操作密码”里重新设置。\n')
  })
}

function readOptions(): { phone?: string; grant?: string; document?: string } {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { phone: text, grant: text, document: text } }).values
  } catch {
    throw new Error(`用法：${USAGE}`)
  }
}

const member = (app: INestApplicationContext, phone: string) => boundMember(app.get(Database), phone)

async function holderOf(
  app: INestApplicationContext,
  id = '',
): Promise<{ accountId: string; unitId: string }> {
  const grant = await app.get(Database).repository(Grant).findOneBy({ id, revokedAt: IsNull() })
  if (!grant?.accountId)
    throw new Error(`没有编号为 ${id} 的角色，或者还没有人就任。请用 npm run roles 查看。`)
  return { accountId: grant.accountId, unitId: grant.nodeId }
}

clearPin().catch(explainStart)
