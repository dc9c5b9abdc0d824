import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Module, type INestApplicationContext, type Provider } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { DataSource } from 'typeorm'
import { AuditModule } from '../../../server/platform/audit/audit.module.js'
import { Clock } from '../../../server/platform/config/clock.js'
import { ConfigModule } from '../../../server/platform/config/config.module.js'
import { Config } from '../../../server/platform/config/config.js'
import { Database } from '../../../server/platform/database/database.js'
import { DatabaseModule } from '../../../server/platform/database/database.module.js'
import {
  composeSchema,
  type DatabaseSettings,
  type SchemaPart,
} from '../../../server/platform/database/data-source.js'
import { HttpModule } from '../../../server/platform/http/http.module.js'
import { JobsModule } from '../../../server/platform/jobs/jobs.module.js'
import { schema } from '../../../server/schema.js'
import { migratedDatabase } from '../../support/test-database.js'

function platformOn(
  settings: DatabaseSettings,
  providers: Provider[],
  more?: SchemaPart,
): Promise<INestApplicationContext> {
  @Module({
    imports: [
      ConfigModule.forRoot(Object.assign(new Config(), { background: false })),
      DatabaseModule.forRoot(settings, more ? composeSchema([schema, more]) : schema),
      HttpModule,
      AuditModule,
      JobsModule,
    ],
    providers,
  })
  class Platform {}
  return NestFactory.createApplicationContext(Platform, { logger: false, abortOnError: false })
}

/** The lower half of the platform on a database of its own: no routes, no WeChat, a clock that is turned by hand. */
export class PlatformFixture {
  /** What the clock shows. */
  now = new Date('2026-11-21T04:00:00.000Z')

  private constructor(
    readonly app: INestApplicationContext,
    private readonly settings: DatabaseSettings,
    private readonly dispose: () => Promise<void>,
  ) {
    jest.spyOn(app.get(Clock), 'now').mockImplementation(() => this.now)
  }

  /**
   * @param providers listeners and others that shall live beside the platform
   * @param more tables beside those of the product
   */
  static async open(providers: Provider[] = [], more?: SchemaPart): Promise<PlatformFixture> {
    const directory = mkdtempSync(join(tmpdir(), 'zhibu-platform-'))
    const database = await migratedDatabase(directory)
    const settings = { url: database.url, dataDir: directory, poolSize: 10 }
    const app = await platformOn(settings, providers, more)
    await database.migrate(app.get(DataSource))
    return new PlatformFixture(app, settings, async () => {
      await app.close()
      await database.drop()
      rmSync(directory, { recursive: true, force: true })
    })
  }

  /** Another process on the same database, with the same clock. Close it yourself, before this one. */
  async another(providers: Provider[] = []): Promise<INestApplicationContext> {
    const app = await platformOn(this.settings, providers)
    jest.spyOn(app.get(Clock), 'now').mockImplementation(() => this.now)
    return app
  }

  get database(): Database {
    return this.app.get(Database)
  }

  get<T>(type: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(type, { strict: false })
  }

  passSeconds(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000)
  }

  close(): Promise<void> {
    return this.dispose()
  }
}
