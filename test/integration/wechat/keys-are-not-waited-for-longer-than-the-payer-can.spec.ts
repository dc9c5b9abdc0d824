import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import { Clock } from '../../../server/platform/config/clock.js'
import { MerchantKeys } from '../../../server/platform/wechat/merchant-keys.js'
import { PayUnreachable } from '../../../server/platform/wechat/pay-errors.js'
import { PayWire } from '../../../server/platform/wechat/pay-wire.js'

const CERTIFICATES = '/v3/certificates'
const PATIENCE_MS = 100
const READY_EVERY_MS = 3_000

describe('A merchant with certificates only, before the first of them is known', () => {
  const directory = mkdtempSync(join(tmpdir(), 'zhibu-certificates-'))
  const file = join(directory, 'merchant.json')
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const logged = jest.spyOn(Logger.prototype, 'warn').mockReturnValue()
  const server = createServer((request, response) => {
    if (request.url !== CERTIFICATES) {
      const [status, body] = refusal === undefined ? [502, ''] : [403, JSON.stringify(refusal)]
      return response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    }
    downloads += 1
    return hangs ? waiting.push(response) : response.writeHead(503).end()
  })
  const waiting: ServerResponse[] = []
  let downloads = 0
  let hangs = false
  let refusal: { code: string; message: string } | undefined
  let now: Date

  beforeAll(async () => {
    writeFileSync(
      file,
      JSON.stringify({
        mchid: '1900000109',
        appid: 'wx0000000000000000',
        certificateSerial: '5'.repeat(40),
        privateKeyPem: privateKey,
        apiV3Key: 'k'.repeat(32),
        verification: 'certificate',
      }),
    )
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  beforeEach(() => {
    downloads = 0
    now = new Date()
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    logged.mockRestore()
    rmSync(directory, { recursive: true, force: true })
  })

  const newWire = () => {
    const clock = new Clock()
    jest.spyOn(clock, 'now').mockImplementation(() => now)
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return new PayWire(new MerchantKeys(file, url, clock, false), url, clock)
  }
  const send = (wire: PayWire, patienceMs?: number) =>
    wire.send({ method: 'GET', url: 'v3/pay/transactions/out-trade-no/D1' }, patienceMs)

  it('nobody waits for a download that hangs, and all who come wait for the same one', async () => {
    hangs = true
    const wire = newWire()
    const payers = Array.from({ length: 5 }, () => send(wire, PATIENCE_MS))
    await Promise.all(payers.map((payer) => expect(payer).rejects.toThrow(PayUnreachable)))
    await expect(send(wire, PATIENCE_MS)).rejects.toThrow(PayUnreachable)
    expect(downloads).toBe(1)
    // It still hangs: nobody's failure was its end.
    expect(waiting.map(({ destroyed, writableEnded }) => destroyed || writableEnded)).toEqual([false])
    const ended = once(waiting[0] as ServerResponse, 'close')
    waiting[0]?.writeHead(503).end()
    await ended
  })

  it('taps in a row do not become downloads in a row', async () => {
    hangs = false
    const wire = newWire()
    for (let tap = 0; tap < 5; tap++) await expect(send(wire)).rejects.toThrow(PayUnreachable)
    expect(downloads).toBe(1)
    now = new Date(now.getTime() + READY_EVERY_MS)
    for (let tap = 0; tap < 5; tap++) await expect(send(wire)).rejects.toThrow(PayUnreachable)
    expect(downloads).toBe(2)
  })

  it('what WeChat says about a refusal is logged, as much of it as is needed', async () => {
    const wire = newWire()
    await expect(send(wire)).rejects.toThrow(PayUnreachable)
    logged.mockClear()
    const words = '签名错误，请检查后再试。'.repeat(20)
    refusal = { code: 'NO_AUTH', message: words }
    await expect(send(wire)).rejects.toMatchObject({ wechatCode: 'NO_AUTH', wechatMessage: words })
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ code: 'NO_AUTH', said: words.slice(0, 120) })
  })
})
