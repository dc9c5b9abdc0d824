import fc from 'fast-check'
import { foreignJson, STYLE_COUNT } from '../../../server/wechat-sandbox/http/foreign-json.js'
import { canonicalJson } from '../../../server/wechat-sandbox/http/json.js'
import { SandboxFixture } from './sandbox-fixture.js'

describe('signatures cover the bytes and not their meaning', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())

  const reserialised = (raw: Buffer | string): string => JSON.stringify(JSON.parse(raw.toString()))

  it('writes JSON that says the same but never survives re-serialisation', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(STYLE_COUNT - 1), (value, style) => {
        // Through JSON once: it knows no negative zero.
        const plain = JSON.parse(JSON.stringify(value)) as Record<string, unknown>
        const text = foreignJson(plain, style)
        expect(JSON.parse(text)).toEqual(plain)
        expect(reserialised(text)).not.toBe(text)
      }),
    )
  })

  it('compares orders by meaning: the order of keys does not count, anything else does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(canonicalJson({ ...value, more: canonicalJson(value) })).not.toBe(canonicalJson(value))
      }),
    )
  })

  it('signs every answer so that only the bytes received verify, whatever the description says', async () => {
    const description = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((text) => [...text].length <= 127)
    await fc.assert(
      fc.asyncProperty(description, async (text) => {
        const body = fixture.orderBody({ description: text })
        const ordered = await fixture.merchant.order(body)
        const found = await fixture.merchant.query(body.out_trade_no)
        for (const { status, headers, raw } of [ordered, found]) {
          expect(status).toBe(200)
          expect(fixture.merchant.verifies(headers, raw)).toBe(true)
          expect(fixture.merchant.verifies(headers, reserialised(raw))).toBe(false)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('signs notifications the same way', async () => {
    await fixture.pay({ description: 'a/b', attach: 'https://example.com/' })
    const { headers, raw } = await fixture.receiver.next()
    expect(fixture.merchant.verifies(headers, raw)).toBe(true)
    expect(fixture.merchant.verifies(headers, reserialised(raw))).toBe(false)
  })

  it('signs with the public-key mode whatever Wechatpay-Serial the request names', async () => {
    const { wechatPublicKeyId, certificateSerial } = fixture.sandbox.credentials()
    for (const serial of [wechatPublicKeyId, certificateSerial]) {
      const { headers } = await fixture.merchant.send('GET', '/v3/certificates', undefined, {
        headers: { 'Wechatpay-Serial': serial },
      })
      expect(headers.get('wechatpay-serial')).toBe(wechatPublicKeyId)
    }
  })
})
