/**
 * Founds an installation: the highest unit, the account it collects into, and the first officer, who then imports
 * the roster and confirms the others. Run once, on an empty database:
 *
 *   npm run found -- --committee 中共某县委员会 --mchid 1900000109 --officer-openid o…
 */
import { parseArgs } from 'node:util'
import { NestFactory } from '@nestjs/core'
import { AppModule } from '../app.module.js'
import { UnitRecord } from '../modules/organization/units/unit.entity.js'
import { Units } from '../modules/organization/units/units.service.js'
import { Access } from '../platform/access/access.js'
import { Accounts } from '../platform/auth/accounts.js'
import { readConfig } from '../platform/config/config.js'
import { FieldCipher } from '../platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from '../platform/crypto/field-keys.js'
import { Database } from '../platform/database/database.js'
import { installFieldCipher } from '../platform/database/encrypted-column.js'
import { MerchantAccounts } from '../platform/payment/merchant-accounts.js'
import { PayClients } from '../platform/wechat/pay-clients.js'
import { explainStart } from '../start-failure.js'

async function found(): Promise<void> {
  const { committee, mchid, openid } = readArguments()
  const config = { ...readConfig(process.env), background: false }
  const keys = loadOrCreateKeyRing(config.keyFile)
  installFieldCipher(new FieldCipher(keys))
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config, keys), {
    logger: ['error'],
    abortOnError: false,
  })
  try {
    const database = app.get(Database)
    if ((await database.repository(UnitRecord).count()) > 0) {
      throw new Error('已经有党组织了，这条命令只用于全新的安装。')
    }
    if (!app.get(PayClients).has(mchid)) {
      throw new Error(`没有商户号 ${mchid} 的凭据，请检查 WECHAT_PAY_CREDENTIALS。`)
    }
    await database.atomically(async () => {
      const unit = await app.get(Units, { strict: false }).found(null, 'committee', committee, null)
      await app.get(MerchantAccounts, { strict: false }).openDirect(unit.id, mchid, `${committee}党费专户`)
      const accountId = await app.get(Accounts, { strict: false }).forOpenid(openid, null)
      await app.get(Access).grant(accountId, 'dues-officer', unit.id, null)
    })
    process.stdout.write(`已建立“${committee}”。请用该微信号打开小程序，在“管理”里导入花名册。\n`)
  } finally {
    await app.close()
  }
}

function readArguments(): { committee: string; mchid: string; openid: string } {
  const { values } = parseArgs({
    options: {
      committee: { type: 'string' },
      mchid: { type: 'string' },
      'officer-openid': { type: 'string' },
    },
  })
  const { committee, mchid, 'officer-openid': openid } = values
  if (!committee || !mchid || !openid) {
    throw new Error(
      '用法：npm run found -- --committee 名称 --mchid 商户号 --officer-openid 第一位党费管理员的 openid',
    )
  }
  return { committee, mchid, openid }
}

found().catch(explainStart)
