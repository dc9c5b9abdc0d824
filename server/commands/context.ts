import { NestFactory } from '@nestjs/core'
import type { INestApplicationContext } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { AppModule } from '../app.module.js'
import { readConfig } from '../platform/config/config.js'
import { FieldCipher } from '../platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from '../platform/crypto/field-keys.js'
import { installFieldCipher } from '../platform/database/encrypted-column.js'
import { checkKeys } from '../platform/database/key-check.js'
import { pendingMigrations } from '../platform/database/migrations.js'

/** Runs an operator's command on the configured installation. It starts no HTTP server and no background work. */
export async function withInstallation(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  const config = { ...readConfig(process.env), background: false }
  const keys = loadOrCreateKeyRing(config.keyFile)
  installFieldCipher(new FieldCipher(keys))
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config, keys), {
    logger: ['error'],
    abortOnError: false,
  })
  try {
    const pending = await pendingMigrations(app.get(DataSource))
    if (pending.length > 0)
      throw new Error(`数据库还缺迁移：${pending.join('、')}。请先运行 npm run migrate。`)
    await checkKeys(app.get(DataSource), config.keyFile)
    await work(app)
  } finally {
    await app.close()
  }
}
