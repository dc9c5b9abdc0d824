import { readConfig } from './platform/config/config.js'
import { openDataSource } from './platform/database/data-source.js'
import { pendingMigrations } from './platform/database/migrations.js'
import { schema } from './schema.js'
import { explainStart } from './start-failure.js'

/** Runs the pending migrations on the configured database, each in its own transaction. */
async function migrate(): Promise<void> {
  const config = readConfig(process.env)
  const dataSource = await openDataSource(
    { url: config.databaseUrl, dataDir: config.dataDir, poolSize: 2 },
    schema,
  )
  try {
    const pending = await pendingMigrations(dataSource)
    await dataSource.runMigrations()
    process.stdout.write(pending.length === 0 ? '数据库已是最新。\n' : `已完成迁移：${pending.join('、')}\n`)
  } finally {
    await dataSource.destroy()
  }
}

migrate().catch(explainStart)
