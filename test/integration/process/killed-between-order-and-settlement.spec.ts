import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import type { BillPage } from '../../../server/contracts/dues.js'
import type { Payment, PaymentRequest } from '../../../server/contracts/payment.js'
import { PRIVACY_STATEMENT } from '../../../server/platform/auth/privacy.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { startWechatSandbox, type WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'
import { Caller } from '../../support/world.js'
import { BuiltServer, buildServer, freePort } from './built-server.js'

/** Building takes its time on a small machine. */
const STARTING_MS = 180_000
const SETTLED_WITHIN_MS = 60_000

type Person = 'member' | 'elder'

describe('The built server is killed between order and settlement', () => {
  let directory: string
  let database: TestDatabase
  let wechat: WechatSandbox
  let port: number
  let server: BuiltServer
  let tokens: Record<Person, string>

  const start = () =>
    BuiltServer.start(port, {
      DATA_DIR: join(directory, 'data'),
      DATABASE_URL: database.url,
      SANDBOX_URL: wechat.baseUrl,
      SANDBOX_STATE_DIR: join(directory, 'wechat'),
      LOG_LEVEL: 'fatal',
    })

  beforeAll(async () => {
    buildServer()
    directory = mkdtempSync(join(tmpdir(), 'zhibu-killed-'))
    database = await createDatabase()
    wechat = await startWechatSandbox({ stateDir: join(directory, 'wechat'), retryScale: 0.001 })
    port = await freePort()
    server = await start()
    tokens = { member: await signIn('member'), elder: await signIn('elder') }
  }, STARTING_MS)
  afterAll(async () => {
    await server?.kill()
    await wechat?.stop()
    await database?.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  /** As a program outside does it: a code from the preview host, a session from the server. */
  const signIn = async (person: Person): Promise<string> => {
    const code = await request(server.baseUrl).post('/preview-host/login-code').send({ person }).expect(201)
    const session = await request(server.baseUrl)
      .post('/api/v1/sessions')
      .send({ code: (code.body as { code: string }).code, privacyVersion: PRIVACY_STATEMENT.version })
      .expect(201)
    return (session.body as { accessToken: string }).accessToken
  }

  /** The session outlives the server. */
  const as = (person: Person) => new Caller(server.baseUrl, tokens[person])
  const bills = async (person: Person) =>
    ((await as(person).get('/me/bills').expect(200)).body as BillPage).items
  const order = async (
    person: Person,
  ): Promise<{ tradeNo: string; billId: string; params: PaymentRequest }> => {
    const billId = (await bills(person)).find(({ can }) => can.pay)?.id ?? ''
    const answer = await as(person)
      .post('/payments', { billIds: [billId] })
      .set('idempotency-key', 'before-the-end')
      .expect(201)
    const { tradeNo, request: params } = answer.body as Payment
    if (!params) throw new Error('there is nothing to pay with')
    return { tradeNo, billId, params }
  }
  const pay = async (person: Person, params: PaymentRequest) => {
    const { errMsg } = await wechat.control.pay(DEMONSTRATION_PEOPLE[person].openid, params)
    expect(errMsg).toBe('requestPayment:ok')
  }
  const expectPaid = async (person: Person, billId: string, tradeNo: string) => {
    const payment = await as(person).get(`/payments/${tradeNo}`).expect(200)
    expect(payment.body).toMatchObject({ tradeNo, state: 'paid', request: null })
    const bill = (await bills(person)).find(({ id }) => id === billId)
    expect(bill).toMatchObject({ state: 'paid', pendingTradeNo: null, can: { pay: false } })
  }

  it(
    'paid while the server was dead, its notice lost: asked afterwards, the order is paid',
    async () => {
      const { tradeNo, billId, params } = await order('member')
      wechat.control.plan({ kind: 'notification-withheld' })
      await server.kill()
      await pay('member', params)
      server = await start()
      await expectPaid('member', billId, tradeNo)
    },
    STARTING_MS,
  )

  it(
    'paid while the server was dead: WeChat repeats its notice until somebody is there to hear it',
    async () => {
      const { tradeNo, billId, params } = await order('elder')
      await server.kill()
      await pay('elder', params)
      server = await start()
      const notice = () => wechat.control.order(tradeNo).notifications[0]
      const deadline = Date.now() + SETTLED_WITHIN_MS
      while (notice()?.state !== 'acknowledged' && Date.now() < deadline) await pause(50)
      expect(notice()?.state).toBe('acknowledged')
      expect(notice()?.attempts.map(({ status }) => status)).toEqual(
        expect.arrayContaining(['no-answer', 204]),
      )
      // Settled by the notice alone: nobody has asked yet.
      expect((await bills('elder')).find(({ id }) => id === billId)?.state).toBe('paid')
      await expectPaid('elder', billId, tradeNo)
    },
    STARTING_MS,
  )

  it('WeChat saw each order once, and each was paid once', () => {
    const orders = wechat.control.requests(1000).filter(({ path }) => path === '/v3/pay/transactions/jsapi')
    expect(orders.map(({ status }) => status)).toEqual([200, 200])
  })
})
