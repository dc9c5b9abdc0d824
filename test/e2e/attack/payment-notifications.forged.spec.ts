import fc from 'fast-check'
import { Cashier } from '../payment/cashier.js'
import { NotificationWriter } from '../payment/notification-writer.js'
import { headerValue, jsonPiece } from './fuzz/hostile-values.js'
import { RowWatch } from '../routes/stage/row-watch.js'
import { closeConnections, curlOf, send, type WireCall } from '../routes/stage/wire-call.js'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1) * 60
const SEED = Number(process.env['FUZZ_SEED'] ?? (RUNS > 60 ? Date.now() % 2 ** 31 : 20261121))

const SIGNED_HEADERS = ['timestamp', 'nonce', 'serial', 'signature'].map((name) => `wechatpay-${name}`)

/** Keeps the genuine notification instead of sending it. */
class Interceptor extends NotificationWriter {
  body = Buffer.alloc(0)
  headers: Record<string, string> = {}

  override postRaw(body: Buffer | string, headers: Record<string, string>): Promise<number> {
    this.body = Buffer.from(body)
    this.headers = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    return Promise.resolve(0)
  }
}

describe(`no forged notification moves money (FUZZ_SEED=${SEED})`, () => {
  let cashier: Cashier
  let genuine: WireCall & { body: Buffer }
  let watch: RowWatch

  beforeAll(async () => {
    cashier = await Cashier.open()
    const chen = await cashier.village.as('chen')
    const order = await cashier.order(chen, await cashier.owed(chen))
    const writer = new Interceptor(cashier)
    await writer.post(await writer.paid(order.tradeNo))
    const { mchid } = cashier.world.wechat.credentials()
    genuine = {
      method: 'POST',
      target: `/api/v1/payment-notifications/${mchid}`,
      headers: { 'content-type': 'application/json', ...writer.headers },
      body: writer.body,
    }
    watch = await RowWatch.begin(cashier.world)
  })
  afterAll(async () => {
    closeConnections()
    await cashier.close()
  })

  const refused = async (change: Partial<WireCall>) => {
    const forged = { ...genuine, ...change }
    const answer = await send(cashier.world.baseUrl, forged)
    const changes = await watch.changes()
    if ([400, 401, 404, 413, 414, 415].includes(answer.status) && changes.length === 0) return
    throw new Error(`${answer.status} ${answer.text}\n${curlOf(cashier.world.baseUrl, forged)}`)
  }
  const holds = <T>(values: fc.Arbitrary<T>, test: (value: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(values, test), { numRuns: RUNS, seed: SEED })

  it('any byte of the body changed', () =>
    holds(fc.tuple(fc.nat(genuine.body.length - 1), fc.integer({ min: 1, max: 255 })), ([at, difference]) => {
      const body = Buffer.from(genuine.body)
      body.writeUInt8((body[at] ?? 0) ^ difference, at)
      return refused({ body })
    }))

  it('the body cut short, or with something after it', () =>
    holds(fc.oneof(fc.nat(genuine.body.length - 1), fc.constantFrom(' ', '\n', '{}', '\u0000')), (change) =>
      refused({
        body:
          typeof change === 'number'
            ? genuine.body.subarray(0, change)
            : Buffer.concat([genuine.body, Buffer.from(change)]),
      }),
    ))

  it('any field of it replaced', () => {
    const fields = ['id', 'create_time', 'resource', 'resource_type', 'event_type', 'summary']
    const inner = ['ciphertext', 'nonce', 'associated_data', 'algorithm', 'original_type']
    return holds(
      fc
        .tuple(fc.constantFrom(...fields, ...inner), jsonPiece(['1']))
        .filter(([, piece]) => piece.length < 9_000),
      ([field, piece]) => {
        const notification = JSON.parse(genuine.body.toString()) as Record<string, unknown>
        const part = inner.includes(field)
          ? (notification['resource'] as Record<string, unknown>)
          : notification
        part[field] = '@@0@@'
        return refused({ body: Buffer.from(JSON.stringify(notification).replace('"@@0@@"', () => piece)) })
      },
    )
  })

  it('any header of its signature replaced or left out', () =>
    holds(fc.tuple(fc.constantFrom(...SIGNED_HEADERS), fc.option(headerValue)), ([name, value]) => {
      const { [name]: _, ...others } = genuine.headers
      return refused({ headers: value === null ? others : { ...others, [name]: value } })
    }))

  it('sent to other addresses', async () => {
    for (const mchid of [
      '1900009999',
      '0',
      '__proto__',
      'constructor',
      'toString',
      '%00',
      'a'.repeat(101),
      '..',
    ]) {
      await refused({ target: `/api/v1/payment-notifications/${mchid}` })
    }
  })

  it('as it is it would have been accepted, else all this proved nothing', async () => {
    expect((await send(cashier.world.baseUrl, genuine)).status).toBe(204)
    expect((await watch.changes()).map(({ table }) => table)).toEqual(
      expect.arrayContaining(['payment_order', 'dues_bill']),
    )
  })
})
