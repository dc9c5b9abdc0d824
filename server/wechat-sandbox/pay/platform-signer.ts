import { sign, type KeyObject } from 'node:crypto'
import type { Clock } from '../state/clock.js'
import { randomAlphanumeric } from '../state/random-text.js'

/** A signing key of WeChat and its serial. */
export interface PlatformIdentity {
  serial: string
  privateKey: KeyObject
}

export interface SignOptions {
  /** The Wechatpay-Serial of the request. The merchant names the key it can verify. */
  requestedSerial?: string
  /** Shifts Wechatpay-Timestamp, in seconds. */
  skewSeconds?: number
}

/** Signs the raw bytes of answers and notifications. */
export class PlatformSigner {
  /** @param identities the first is used unless the merchant requests another one. */
  constructor(
    private readonly identities: readonly [PlatformIdentity, ...PlatformIdentity[]],
    private readonly now: Clock,
  ) {}

  /** @returns the Wechatpay-… headers for a body. */
  sign(body: Buffer, { requestedSerial, skewSeconds = 0 }: SignOptions = {}): Record<string, string> {
    const identity = this.identities.find(({ serial }) => serial === requestedSerial) ?? this.identities[0]
    const timestamp = String(Math.floor(this.now() / 1000) + skewSeconds)
    const nonce = randomAlphanumeric(32)
    const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])
    return {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Serial': identity.serial,
      'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      'Wechatpay-Signature': sign('sha256', message, identity.privateKey).toString('base64'),
    }
  }
}
