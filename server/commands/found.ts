/**
 * Founds an installation: creates the highest unit, its merchant account and its first office, on the document that
 * appoints the person in it. The person then imports the roster. Run it once, on an empty database.
 */
import type { INestApplicationContext } from '@nestjs/common'
import { RoleHoldings } from '../modules/organization/roles/role-holdings.js'
import type { NewOffice } from '../modules/organization/units/offices.js'
import { UnitRecord } from '../modules/organization/units/unit.entity.js'
import { Units } from '../modules/organization/units/units.service.js'
import { Audit } from '../platform/audit/audit.js'
import { Accounts } from '../platform/auth/accounts.js'
import { Database } from '../platform/database/database.js'
import { MerchantAccounts } from '../platform/payment/merchant-accounts.js'
import { PayClients } from '../platform/wechat/pay-clients.js'
import { explainStart } from '../start-failure.js'
import { readArguments } from './arguments.js'
import { withInstallation } from './context.js'

const USAGE =
  'npm run found -- --committee 党组织名称 --mchid 商户号 --officer-openid 第一位管理员的openid --officer-name 姓名 --office 岗位名称 --document 任命文件'

async function found(): Promise<void> {
  const given = readArguments(
    ['committee', 'mchid', 'officer-openid', 'officer-name', 'office', 'document'],
    USAGE,
  )
  const { committee, mchid, document, 'officer-openid': openid, 'officer-name': personName } = given
  await withInstallation(async (app) => {
    const database = app.get(Database)
    if ((await database.repository(UnitRecord).count()) > 0) {
      throw new Error('已经有党组织了，这条命令只用于全新的安装。')
    }
    if (!app.get(PayClients).has(mchid)) {
      throw new Error(`没有商户号 ${mchid} 的凭据，请检查 WECHAT_PAY_CREDENTIALS。`)
    }
    await database.transaction(async () => {
      const unit = await app.get(Units, { strict: false }).found(null, 'committee', committee, null)
      await app.get(MerchantAccounts, { strict: false }).openDirect(unit.id, mchid, `${committee}党费专户`)
      const accountId = await app.get(Accounts, { strict: false }).forOpenid(openid, null)
      await openOffice(app, { unitId: unit.id, accountId, personName, title: given.office, document })
      const audit = app.get(Audit)
      const byOperator = { actorId: null, unitId: unit.id }
      await audit.record('unit.founded', { ...byOperator, subjectId: unit.id })
      await audit.record('payment.account-opened', {
        ...byOperator,
        subjectId: mchid,
        data: { mode: 'direct' },
      })
    })
    process.stdout.write(`已建立“${committee}”。请用该微信号打开小程序，在“管理”里导入花名册。\n`)
  })
}

/** The first office manages roles as well, because nobody else can give the first ones. */
async function openOffice(
  app: INestApplicationContext,
  office: Pick<NewOffice, 'unitId' | 'personName' | 'title' | 'document'> & { accountId: string },
): Promise<void> {
  const holdings = app.get(RoleHoldings, { strict: false })
  const id = await holdings.openOffice({ ...office, phone: null, openedBy: null })
  for (const role of ['dues-officer', 'administrator'] as const) {
    await holdings.give({
      holder: { kind: 'office', id },
      accountId: office.accountId,
      role,
      nodeId: office.unitId,
      document: office.document,
      grantedBy: null,
    })
  }
}

found().catch(explainStart)
