/**
 * `npm start`: runs the whole product on one machine, with an invented county and the WeChat sandbox. All data is in
 * DATA_DIR; a new start continues with it. This file is not part of a production build.
 */
import { join, resolve } from 'node:path'
import { DataSource } from 'typeorm'
import { createApplication } from '../application.js'
import { readConfig } from '../platform/config/config.js'
import { Database } from '../platform/database/database.js'
import { checkKeys } from '../platform/database/key-check.js'
import { seedDemonstrationCounty } from '../seeds/demonstration-county.js'
import { demonstrationPeople } from '../seeds/demonstration-people.js'
import { explainStart } from '../start-failure.js'
import { installCrashPoint } from './crash-point.js'
import { previewHost } from './preview-host.js'
import { readSandboxCredentials, startSandbox } from './sandbox-process.js'
import { WechatControl } from './wechat-control.js'

/** Only this machine may connect, because a visitor of the demonstration can act as any person. */
const HOST = '127.0.0.1'

async function main(): Promise<void> {
  const dataDir = resolve(process.env['DATA_DIR'] || 'data')
  const port = Number(process.env['PORT'] || 3000)
  const sandboxUrl = process.env['SANDBOX_URL'] ?? (await startSandbox(join(dataDir, 'wechat'), port + 1))
  const { credentials, file } = readSandboxCredentials(
    process.env['SANDBOX_STATE_DIR'] ?? join(dataDir, 'wechat'),
  )
  const config = readConfig({
    ...process.env,
    ZHIBU_MODE: 'demonstration',
    HOST,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    WECHAT_APPID: credentials.appid,
    WECHAT_APP_SECRET: credentials.appSecret,
    WECHAT_API_URL: sandboxUrl,
    WECHAT_PAY_URL: sandboxUrl,
    WECHAT_PAY_CREDENTIALS: file,
    SANDBOX_URL: sandboxUrl,
  })
  const control = new WechatControl(sandboxUrl)
  for (const { openid, phone } of demonstrationPeople) await control.register(openid, phone)
  const app = await createApplication(config, previewHost(control, join(__dirname, '../../preview')))
  const crashPoint = process.env['CRASH_POINT_FILE']
  if (crashPoint) installCrashPoint(app, crashPoint)
  const dataSource = app.get(DataSource)
  await dataSource.runMigrations()
  await checkKeys(dataSource, config.keyFile)
  // `init` registers the event listeners. It comes before the seeding, so that they receive the seeded events.
  await app.init()
  if (await isEmpty(dataSource)) {
    await app.get(Database).transaction(() => seedDemonstrationCounty(app, credentials.mchid))
  }
  await app.listen(config.port, HOST)
  const { port: listening } = app.getHttpServer().address() as { port: number }
  process.stdout.write(welcome(`http://${HOST}:${listening}`, sandboxUrl))
}

async function isEmpty(dataSource: DataSource): Promise<boolean> {
  const rows = await dataSource.query<unknown[]>('SELECT id FROM unit LIMIT 1')
  return rows.length === 0
}

function welcome(url: string, sandboxUrl: string): string {
  const people = demonstrationPeople.map(({ id, name, note }) => `    ${id.padEnd(10)}${name}  ${note}`)
  return `
智部演示已启动，数据都是虚构的。

  小程序（浏览器预览）  ${url}/
  接口与说明            ${url}/api/v1/…   ${url}/api/docs
  微信沙箱              ${sandboxUrl}

  可以是谁（在预览页里切换）：
${people.join('\n')}

`
}

main().catch(explainStart)
