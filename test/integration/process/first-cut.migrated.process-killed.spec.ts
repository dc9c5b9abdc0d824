import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { DEMONSTRATION_PEOPLE } from '../../../server/seeds/demonstration-people.js'
import { startWechatSandbox, type WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'
import { Caller } from '../../support/world.js'
import { MerchantClient } from '../wechat-sandbox/merchant-client.js'
import { Books } from './books.js'
import { BuiltServer, buildServer, freePort } from './built-server.js'
import { FirstCut, MEMBERS } from './first-cut.js'

const SLOW_MS = 600_000
const ASK_EVERY_MS = 10

interface Progress {
  lastMemberId: string
  finishedAt: unknown
}

describe('an installation of the first cut is updated, and its server is killed on the way', () => {
  let directory: string
  let database: TestDatabase
  let wechat: WechatSandbox
  let books: Books
  let cut: FirstCut
  let port: number
  let server: BuiltServer | undefined
  let billsBefore: unknown[]

  const BILLS = `SELECT id, memberId, unitId, month, duesClass, baseFen, rateBasisPoints, rounding, amountFen, state,
    createdAt, paidAt, tradeNo FROM dues_bill ORDER BY id`

  beforeAll(async () => {
    buildServer()
    directory = mkdtempSync(join(tmpdir(), 'zhibu-first-cut-'))
    database = await createDatabase()
    wechat = await startWechatSandbox({ stateDir: join(directory, 'wechat'), retryScale: 0.001 })
    port = await freePort()
    const credentials = wechat.credentials()
    await wechat.control.registerPerson({ openid: DEMONSTRATION_PEOPLE.member.openid })
    cut = await FirstCut.make(
      database.url,
      join(directory, 'data'),
      new MerchantClient(wechat.baseUrl, credentials, () => Date.now()),
      `http://127.0.0.1:${port}/api/v1/payment-notifications/${credentials.mchid}`,
    )
    books = await Books.open(database.url, join(directory, 'data'))
    billsBefore = await books.query(BILLS)
  }, SLOW_MS)
  afterAll(async () => {
    await server?.kill()
    await books.close()
    await wechat.stop()
    await database.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  /** Starts the built server, which runs the migrations that are missing; whoever held its job is dead. */
  async function start(): Promise<void> {
    server = await BuiltServer.start(port, {
      DATA_DIR: join(directory, 'data'),
      DATABASE_URL: database.url,
      SANDBOX_URL: wechat.baseUrl,
      SANDBOX_STATE_DIR: join(directory, 'wechat'),
      LOG_LEVEL: 'fatal',
    })
    await books.query(`UPDATE job SET runAfter = ? WHERE finishedAt IS NULL`, ['2000-01-01 00:00:00.000'])
  }

  const count = async (from: string): Promise<number> => {
    const [row] = await books.query<{ count: number | string }>(`SELECT COUNT(*) AS count FROM ${from}`)
    return Number(row?.count)
  }
  const progress = async (): Promise<Progress> => {
    const [row] = await books.query<Progress>('SELECT lastMemberId, finishedAt FROM fact_dating')
    if (!row) throw new Error('there is nothing to work out')
    return row
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + SLOW_MS
    while (!(await isSo())) {
      if (Date.now() > deadline) throw new Error('it does not come to that')
      await pause(ASK_EVERY_MS)
    }
  }

  it(
    'killed as soon as the work has begun, nothing of it is there',
    async () => {
      await start()
      await until(
        async () => (await count(`job WHERE kind = 'members.date-facts' AND runningKey IS NOT NULL`)) > 0,
      )
      await server?.kill()
      expect(await progress()).toMatchObject({ lastMemberId: '', finishedAt: null })
      expect(await count('member_period')).toBe(0)
      expect(await books.query(BILLS)).toEqual(billsBefore)
    },
    SLOW_MS,
  )

  it(
    'killed in the middle, it has done so much and no more',
    async () => {
      await start()
      await until(async () => (await progress()).lastMemberId !== '')
      await server?.kill()
      const { lastMemberId, finishedAt } = await progress()
      expect(finishedAt).toBeNull()
      const done = cut.members.indexOf(lastMemberId) + 1
      expect(done).toBeGreaterThan(0)
      expect(done).toBeLessThan(MEMBERS)
      expect(await count(`member_period WHERE kind = 'unit'`)).toBe(done)
      expect(await count('dues_place')).toBe(done)
    },
    SLOW_MS,
  )

  it(
    'started again it goes on to the end, and nothing is there twice',
    async () => {
      await start()
      await until(async () => (await progress()).finishedAt !== null)
      expect(await count(`member_period WHERE kind = 'unit' AND origin = 'migration'`)).toBe(MEMBERS)
      expect(await count(`member_period WHERE kind = 'category' AND value = 'formal'`)).toBe(MEMBERS)
      expect(await count(`member_period WHERE kind = 'category' AND value = 'probationary'`)).toBe(MEMBERS)
      expect(await count(`member_period WHERE kind = 'standing' AND value = 'suspended'`)).toBe(MEMBERS / 50)
      expect(await count('dues_place')).toBe(MEMBERS)
      // Two assessments of each of a thousand, and for everybody else what the roster says.
      expect(await count('dues_class_period')).toBe(MEMBERS + 1_000)
      expect(await count('dues_class_period WHERE untilOn IS NULL')).toBe(MEMBERS)
      const twice = await books.query(
        `SELECT memberId, kind, fromOn FROM member_period WHERE withdrawnAt IS NULL
         GROUP BY memberId, kind, fromOn HAVING COUNT(*) > 1`,
      )
      expect(twice).toEqual([])
    },
    SLOW_MS,
  )

  it('each has been in the unit since the month of the first bill', async () => {
    const [first = ''] = cut.months
    const rows = await books.query<{ fromOn: string; count: number | string }>(
      `SELECT fromOn, COUNT(*) AS count FROM member_period WHERE kind = 'unit' GROUP BY fromOn ORDER BY fromOn`,
    )
    expect(rows.map((row) => Number(row.count))).toEqual([2_000, MEMBERS - 2_000])
    expect(rows[0]?.fromOn).toBe(`${first}-01`)
  })

  it('bills are as they were, and no correction waits', async () => {
    expect(await books.query(BILLS)).toEqual(billsBefore)
    expect(await count('dues_bill_withdrawn')).toBe(0)
    expect(await count('dues_bill_correction')).toBe(0)
  })

  it('the order that was open before the update is paid and settles', async () => {
    const url = `http://127.0.0.1:${port}`
    const code = await request(url).post('/preview-host/login-code').send({ person: 'member' }).expect(201)
    const session = await request(url)
      .post('/api/v1/sessions')
      .send({ code: (code.body as { code: string }).code, privacyVersion: PRIVACY_STATEMENT.version })
      .expect(201)
    const payer = new Caller(url, (session.body as { accessToken: string }).accessToken)
    const order = (await payer.get(`/payments/${cut.tradeNo}`).expect(200)).body as Payment
    expect(order).toMatchObject({ state: 'pending', amountFen: 4_000 })
    if (!order.request) throw new Error('there is nothing to pay with')
    const { errMsg } = await wechat.control.pay(DEMONSTRATION_PEOPLE.member.openid, order.request)
    expect(errMsg).toBe('requestPayment:ok')
    await until(async () => (await count(`payment_order WHERE state = 'paid'`)) === 1)
    const { items } = (await payer.get('/me/bills').expect(200)).body as BillPage
    const [first = '', second = '', third = ''] = cut.months
    expect(items.map(({ month, amountFen, state }) => [month, amountFen, state])).toEqual([
      [third, 4_500, 'unpaid'],
      [second, 4_500, 'unpaid'],
      [first, 4_000, 'paid'],
    ])
    expect(await count(`event WHERE name = 'dues.bill-paid'`)).toBe(1)
  })
})
