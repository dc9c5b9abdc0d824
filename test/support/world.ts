import passport from 'passport'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SwaggerModule } from '@nestjs/swagger'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import request from 'supertest'
import { DataSource } from 'typeorm'
import { createApplication, type Extension } from '../../server/application.js'
import { OutboxRelay } from '../../server/platform/audit/outbox-relay.js'
import { TokenCache } from '../../server/platform/auth/token-cache.js'
import { PRIVACY_STATEMENT } from '../../server/modules/privacy-statement.js'
import { JwtStrategy } from '../../server/platform/auth/jwt.strategy.js'
import { Clock } from '../../server/platform/config/clock.js'
import { readConfig, type Config } from '../../server/platform/config/config.js'
import { Database } from '../../server/platform/database/database.js'
import { JobLanes } from '../../server/platform/jobs/job-lanes.js'
import type { Session } from '../../server/contracts/platform/session.js'
import { CountyBuilder } from '../../server/seeds/organization/county-builder.js'
import {
  startWechatSandbox,
  type SandboxOptions,
  type WechatSandbox,
} from '../../server/wechat-sandbox/sandbox.js'
import { Template } from './templates.js'
import { migratedDatabase } from './test-database.js'

export interface WorldOptions {
  /** Whether jobs, relay and clock run by themselves. */
  background?: boolean
  /** How long an access token is good for; in most stories as long as the session, so that hours may pass in them. */
  accessSeconds?: number
  /**
   * Makes keys for WeChat anew instead of taking those of an earlier world, for a story on another date than theirs: their certificates
   * are not good before the day on which they were made.
   */
  ownWechatKeys?: boolean
  extension?: (wechat: WechatSandbox) => Extension
  /** Changes the settings before the server is built; limits on requests are off unless they are set here. */
  configure?: (config: Config) => void
}

export interface AnotherServer {
  baseUrl: string
  turnClockTo(now: Date): void
  settle(): Promise<void>
  close(): Promise<void>
}

/** The real server on a real database of its own, beside a real WeChat sandbox. The clock stands still. */
export class World {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly wechat: WechatSandbox,
    readonly config: Config,
    readonly baseUrl: string,
    readonly county: CountyBuilder,
    private readonly dispose: () => Promise<void>,
  ) {}

  /**
   * @param now what the clock shows, standing still; WeChat's own clock always shows the real time.
   * Undefined lets the clock run.
   */
  static async open(now: Date | undefined = new Date(), options: WorldOptions = {}): Promise<World> {
    const directory = mkdtempSync(join(tmpdir(), 'zhibu-world-'))
    const database = await migratedDatabase(directory)
    const wechat = await startWechat(
      {
        stateDir: join(directory, 'wechat'),
        retryScale: 0.001,
        // Looked up at each call, because a story may change the date of the whole process.
        now: () => Date.now(),
      },
      options.ownWechatKeys,
    )
    const credentials = wechat.credentials()
    const config = readConfig({
      ZHIBU_MODE: 'demonstration',
      PORT: '0',
      DATA_DIR: directory,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
      BACKGROUND: options.background ? 'on' : 'off',
      DATABASE_URL: database.url,
      WECHAT_APPID: credentials.appid,
      WECHAT_APP_SECRET: credentials.appSecret,
      WECHAT_API_URL: wechat.baseUrl,
      WECHAT_PAY_URL: wechat.baseUrl,
      WECHAT_PAY_CREDENTIALS: join(directory, 'wechat', `merchant-${credentials.mchid}.json`),
      SANDBOX_URL: wechat.baseUrl,
      LIMITS: 'off',
    })
    config.accessSeconds = options.accessSeconds ?? config.sessionSeconds
    options.configure?.(config)
    await loadContractDescriptions()
    const app = await createApplication(config, options.extension?.(wechat))
    if (now) stand(app.get(Clock), now)
    await database.migrate(app.get(DataSource))
    await app.listen(0, '127.0.0.1')
    const baseUrl = await app.getUrl()
    // The address is known only now: WeChat has to know where to send its notifications.
    config.publicUrl = baseUrl
    return new World(app, wechat, config, baseUrl, new CountyBuilder(app), async () => {
      await app.close()
      await wechat.stop()
      await database.drop()
      rmSync(directory, { recursive: true, force: true })
    })
  }

  close(): Promise<void> {
    return this.dispose()
  }

  /**
   * Another process of the same installation: its own memory, the same database and keys. Close it yourself.
   * @param now what its clock shows, standing still; undefined lets it run
   */
  async anotherServer(now?: Date): Promise<AnotherServer> {
    const app = await createApplication(this.config)
    const turnClockTo = (time: Date) => stand(app.get(Clock), time)
    if (now) turnClockTo(now)
    await app.listen(0, '127.0.0.1')
    const close = async () => {
      await app.close()
      // Passport knows one strategy of a name in a process, the last one: without this, requests to this world ask a closed database.
      passport.use(this.app.get(JwtStrategy, { strict: false }))
    }
    return { baseUrl: await app.getUrl(), turnClockTo, settle: () => settle(app), close }
  }

  turnClockTo(now: Date): void {
    stand(this.app.get(Clock), now)
  }

  get database(): Database {
    return this.app.get(Database)
  }

  /** Does all the work that the clock would do: jobs and events, until there is none left. */
  settle(): Promise<void> {
    return settle(this.app)
  }

  /** A WeChat user with a telephone. */
  person(openid: string, phone?: string): Promise<unknown> {
    return this.wechat.control.registerPerson({ openid, ...(phone ? { phone } : {}) })
  }

  /** Signs a WeChat user in, as the mini-program does. */
  async signIn(openid: string, deviceName?: string): Promise<Caller> {
    const code = await this.wechat.control.loginCode(openid)
    const answer = await request(this.baseUrl)
      .post('/api/v1/sessions')
      .send({ code, privacyVersion: PRIVACY_STATEMENT.version, ...(deviceName ? { deviceName } : {}) })
      .expect(201)
    const { accessToken, refreshToken } = answer.body as Session
    return new Caller(this.baseUrl, accessToken, refreshToken)
  }

  /** Call it after a test has changed the rights of an account directly in the database. */
  forgetTokens(accountId: string): void {
    this.app.get(TokenCache).forget(accountId)
  }
}

/** Not a spy: `jest.restoreAllMocks()` in a story would set the clock to the date of the day on which the story runs. */
function stand(clock: Clock, now: Date): void {
  clock.now = () => now
}

/** Somebody signed in, calling the API. */
export class Caller {
  constructor(
    readonly baseUrl: string,
    /** The access token. */
    readonly token: string,
    readonly refreshToken = '',
  ) {}

  /** The same phone, asking another process. */
  at(baseUrl: string): Caller {
    return new Caller(baseUrl, this.token, this.refreshToken)
  }

  get(path: string): request.Test {
    return this.call('get', path)
  }

  post(path: string, body: object = {}): request.Test {
    return this.call('post', path).send(body)
  }

  put(path: string, body: object = {}): request.Test {
    return this.call('put', path).send(body)
  }

  delete(path: string): request.Test {
    return this.call('delete', path)
  }

  private call(method: 'get' | 'post' | 'put' | 'delete', path: string): request.Test {
    return request(this.baseUrl)[method](`/api/v1${path}`).set('authorization', `Bearer ${this.token}`)
  }
}

/** A sandbox of its own with the keys of those before it: making RSA keys takes half a second. */
async function startWechat(options: SandboxOptions, ownKeys = false): Promise<WechatSandbox> {
  if (ownKeys) return startWechatSandbox(options)
  const template = new Template('wechat')
  template.copyTo(options.stateDir)
  const sandbox = await startWechatSandbox(options)
  await template.keep((path) => cpSync(options.stateDir, path, { recursive: true }))
  return sandbox
}

/** Takes jobs through the lanes, as the scheduler does, and gives events to their listeners, until nothing is due. */
async function settle(app: NestFastifyApplication): Promise<void> {
  const lanes = app.get(JobLanes)
  do {
    await lanes.look()
    await lanes.ended()
  } while ((await app.get(OutboxRelay).drain()) > 0)
}

let described = false

/** Jest compiles without the swagger plugin: the global setup has written what the plugin would have found. */
async function loadContractDescriptions(): Promise<void> {
  if (described) return
  described = true
  // Named by a variable, because the type checker would follow it.
  const file = '../.output/metadata.js'
  const { default: metadata } = (await import(file)) as {
    default: Parameters<typeof SwaggerModule.loadPluginMetadata>[0]
  }
  await SwaggerModule.loadPluginMetadata(metadata)
}
