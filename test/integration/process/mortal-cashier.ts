import { existsSync, rmSync, writeFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import type { PaymentMilestone } from '../../../server/platform/payment/payment-milestones.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { startWechatSandbox, type WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'
import { Caller } from '../../support/world.js'
import { Books } from './books.js'
import { BuiltServer, buildServer, freePort } from './built-server.js'

const WITHIN_MS = 60_000

/** A built server that can be made to die at an exact moment, with a payer before it and WeChat behind it. */
export class MortalCashier {
  private server: BuiltServer | undefined
  private token = ''
  private keys = 0
  private isArmed = false

  private constructor(
    private readonly directory: string,
    private readonly database: TestDatabase,
    readonly wechat: WechatSandbox,
    private readonly port: number,
    readonly books: Books,
  ) {}

  /** Builds the server, starts it and signs 陈晓霞 in. */
  static async open(): Promise<MortalCashier> {
    buildServer()
    const directory = mkdtempSync(join(tmpdir(), 'zhibu-killed-'))
    const database = await createDatabase()
    const wechat = await startWechatSandbox({ stateDir: join(directory, 'wechat'), retryScale: 0.001 })
    const port = await freePort()
    const server = await MortalCashier.launch(directory, database, wechat, port)
    const books = await Books.open(database.url, join(directory, 'data'))
    const cashier = new MortalCashier(directory, database, wechat, port, books)
    cashier.server = server
    cashier.token = await cashier.signIn()
    return cashier
  }

  async close(): Promise<void> {
    await this.server?.kill()
    await this.books.close()
    await this.wechat.stop()
    await this.database.drop()
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** The session outlives the server. */
  get payer(): Caller {
    return new Caller(`http://127.0.0.1:${this.port}`, this.token)
  }

  newKey(): string {
    this.keys += 1
    return `before-the-end-${this.keys}`
  }

  ask(billIds: string[], key: string): request.Test {
    return this.payer.post('/payments', { billIds }).set('idempotency-key', key)
  }

  async order(billIds: string[], key = this.newKey()): Promise<Payment> {
    return (await this.ask(billIds, key).expect(201)).body as Payment
  }

  async bills(): Promise<BillPage['items']> {
    return ((await this.payer.get('/me/bills').expect(200)).body as BillPage).items
  }

  /** Presses "pay" on WeChat's sheet. @param notified whether WeChat will tell us */
  async pay({ request: params }: Payment, notified: boolean): Promise<void> {
    if (!params) throw new Error('there is nothing to pay with')
    if (!notified) this.wechat.control.plan({ kind: 'notification-withheld' })
    const { errMsg } = await this.wechat.control.pay(DEMONSTRATION_PEOPLE.member.openid, params)
    if (errMsg !== 'requestPayment:ok') throw new Error(errMsg)
  }

  /** From now on the server dies when it reaches this milestone. */
  arm(milestone: PaymentMilestone): void {
    this.isArmed = true
    writeFileSync(this.crashPoint, milestone)
  }

  disarm(): void {
    this.isArmed = false
    rmSync(this.crashPoint, { force: true })
  }

  /** Whether it has come to the milestone: it takes the order to die away and is gone a moment later. */
  get isDying(): boolean {
    return this.isArmed && !existsSync(this.crashPoint)
  }

  /** @throws when it does not die */
  async died(): Promise<void> {
    await this.server?.died(WITHIN_MS)
  }

  async start(): Promise<void> {
    this.server = await MortalCashier.launch(this.directory, this.database, this.wechat, this.port)
  }

  /** Kills it wherever it is, lets so much time pass that the clock asks, and brings it back. */
  async restart(): Promise<void> {
    await this.server?.kill()
    await this.books.letTimePass()
    await this.start()
  }

  /** Waits until an order is in this state here, asking nobody but the database. */
  async until(tradeNo: string, state: 'paid' | 'closed'): Promise<void> {
    const deadline = Date.now() + WITHIN_MS
    for (;;) {
      const [row] = await this.books.query<{ state: string }>(
        'SELECT state FROM payment_order WHERE tradeNo = ?',
        [tradeNo],
      )
      if (row?.state === state) return
      if (Date.now() > deadline) throw new Error(`${tradeNo} is still ${row?.state}`)
      await pause(50)
    }
  }

  private get crashPoint(): string {
    return join(this.directory, 'crash-point')
  }

  private async signIn(): Promise<string> {
    const url = `http://127.0.0.1:${this.port}`
    const code = await request(url).post('/preview-host/login-code').send({ person: 'member' }).expect(201)
    const session = await request(url)
      .post('/api/v1/sessions')
      .send({ code: (code.body as { code: string }).code, privacyVersion: PRIVACY_STATEMENT.version })
      .expect(201)
    return (session.body as { accessToken: string }).accessToken
  }

  private static launch(
    directory: string,
    database: TestDatabase,
    wechat: WechatSandbox,
    port: number,
  ): Promise<BuiltServer> {
    return BuiltServer.start(port, {
      DATA_DIR: join(directory, 'data'),
      DATABASE_URL: database.url,
      SANDBOX_URL: wechat.baseUrl,
      SANDBOX_STATE_DIR: join(directory, 'wechat'),
      CRASH_POINT_FILE: join(directory, 'crash-point'),
      LOG_LEVEL: 'fatal',
    })
  }
}
