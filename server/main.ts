import { createApplication } from './application.js'
import { readConfig } from './platform/config/config.js'
import { refuseReadableFile } from './platform/crypto/private-file.js'
import { checkKeys } from './platform/database/key-check.js'
import { pendingMigrations } from './platform/database/migrations.js'
import { explainStart } from './start-failure.js'
import { DataSource } from 'typeorm'

/** Starts the server in production. All settings are required, and only `npm run migrate` changes the schema. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  const app = await createApplication(config)
  refuseReadableFile(config.keyFile, '密钥文件')
  const pending = await pendingMigrations(app.get(DataSource))
  if (pending.length > 0) {
    await app.close()
    throw new Error(
      `数据库还缺 ${pending.length} 个迁移：${pending.join('、')}。请先备份，再运行 npm run migrate。`,
    )
  }
  await checkKeys(app.get(DataSource), config.keyFile)
  await app.listen(config.port, config.host)
}

main().catch(explainStart)
