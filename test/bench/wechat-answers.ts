import 'reflect-metadata'
import { X509CertificateGenerator } from '@peculiar/x509'
import {
  createCipheriv,
  generateKeyPairSync,
  randomBytes,
  sign,
  webcrypto,
  type KeyObject,
} from 'node:crypto'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

export const MCHID = '1900000001'
export const APPID = 'wx0000000000000000'
const API_V3_KEY = 'k'.repeat(32)
const PLATFORM_SERIAL = 'PUB_KEY_ID_0119000000012026000000000000000000'
const CERTIFICATE_KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const DAY_MS = 86_400_000

export interface PaidOrder {
  tradeNo: string
  amountFen: number
  openid: string
}

/**
 * The least of WeChat that production asks for, over TLS as production demands: a login code is the openid it
 * stands for, every order gets its prepay id at once. For figures only; what WeChat really does, refuses and
 * forgets is the sandbox's business.
 */
export class WechatAnswers {
  private constructor(
    readonly url: string,
    /** For `NODE_EXTRA_CA_CERTS`. */
    readonly certificateFile: string,
    /** For `WECHAT_PAY_CREDENTIALS`. */
    readonly credentialsFile: string,
    private readonly server: Server,
    private readonly platform: { privateKey: KeyObject; publicKeyPem: string },
  ) {}

  /** @param folder for certificate and credentials */
  static async start(folder: string): Promise<WechatAnswers> {
    const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const publicKeyPem = platform.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const { certificate, key } = await selfSigned()
    const certificateFile = join(folder, 'wechat.pem')
    writeFileSync(certificateFile, certificate)
    const server = createServer({ cert: certificate, key }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `https://localhost:${(server.address() as AddressInfo).port}`
    const credentialsFile = join(folder, 'merchant.json')
    writeFileSync(credentialsFile, JSON.stringify(credentials(publicKeyPem)), { mode: 0o600 })
    const wechat = new WechatAnswers(url, certificateFile, credentialsFile, server, {
      privateKey: platform.privateKey,
      publicKeyPem,
    })
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', url)
      request.resume()
      const answer = pathname.startsWith('/v3/')
        ? { prepay_id: `wx${randomBytes(17).toString('hex')}` }
        : { openid: searchParams.get('js_code'), session_key: 'unused' }
      const body = JSON.stringify(answer)
      response.writeHead(200, { 'content-type': 'application/json', ...wechat.signed(body) }).end(body)
    })
    return wechat
  }

  /** The notification that an order was paid, signed now. It is believed for five minutes. */
  notification({ tradeNo, amountFen, openid }: PaidOrder): { body: string; headers: Record<string, string> } {
    const nonce = randomBytes(6).toString('hex')
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(API_V3_KEY), Buffer.from(nonce))
    cipher.setAAD(Buffer.from('transaction'))
    const content = JSON.stringify({
      mchid: MCHID,
      appid: APPID,
      out_trade_no: tradeNo,
      transaction_id: `42${randomBytes(13).toString('hex')}`,
      trade_type: 'JSAPI',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      bank_type: 'OTHERS',
      success_time: new Date().toISOString(),
      payer: { openid },
      amount: { total: amountFen, payer_total: amountFen, currency: 'CNY', payer_currency: 'CNY' },
    })
    const sealed = Buffer.concat([cipher.update(content, 'utf8'), cipher.final(), cipher.getAuthTag()])
    const body = JSON.stringify({
      id: randomBytes(16).toString('hex'),
      create_time: new Date().toISOString(),
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: sealed.toString('base64'),
        associated_data: 'transaction',
        nonce,
      },
    })
    return { body, headers: { 'content-type': 'application/json', ...this.signed(body) } }
  }

  /** What a handler of its own needs to verify and open a notification. */
  get verification(): { publicKeyPem: string; apiV3Key: string } {
    return { publicKeyPem: this.platform.publicKeyPem, apiV3Key: API_V3_KEY }
  }

  stop(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  private signed(body: string): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const nonce = randomBytes(16).toString('hex')
    const message = `${timestamp}\n${nonce}\n${body}\n`
    return {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Serial': PLATFORM_SERIAL,
      'Wechatpay-Signature': sign('sha256', Buffer.from(message), this.platform.privateKey).toString(
        'base64',
      ),
    }
  }
}

function credentials(wechatPublicKeyPem: string): object {
  const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    mchid: MCHID,
    appid: APPID,
    certificateSerial: '0'.repeat(40),
    privateKeyPem: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    apiV3Key: API_V3_KEY,
    wechatPublicKeyId: PLATFORM_SERIAL,
    wechatPublicKeyPem,
  }
}

async function selfSigned(): Promise<{ certificate: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(CERTIFICATE_KEY, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 7 * DAY_MS),
    signingAlgorithm: CERTIFICATE_KEY,
    keys,
  })
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return {
    certificate: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  }
}
