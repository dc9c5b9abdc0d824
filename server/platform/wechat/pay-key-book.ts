import type { KeyObject } from 'node:crypto'
import type { WechatPublicKey } from './pay-credentials.js'

/** A certificate of WeChat Pay. While it is valid, its key verifies messages that name its serial. */
export interface PlatformCertificate {
  /** Hexadecimal, capital letters. */
  serial: string
  key: KeyObject
  validFrom: Date
  validUntil: Date
}

/** The keys that verify WeChat's messages to one merchant: public keys by id and platform certificates by serial. */
export class PayKeyBook {
  constructor(
    private readonly publicKeys: readonly WechatPublicKey[],
    private readonly certificates: readonly PlatformCertificate[] = [],
  ) {}

  /** The key for the `Wechatpay-Serial` of a message; undefined when the key is unknown or has expired. */
  keyOf(serial: string, now: Date): KeyObject | undefined {
    const publicKey = this.publicKeys.find(({ id }) => id === serial)
    return publicKey?.key ?? this.valid(now).find((known) => known.serial === serial.toUpperCase())?.key
  }

  /**
   * The serial that a request asks WeChat to sign its answer with: the first public key, otherwise the newest valid
   * certificate. Undefined when no key is known.
   */
  askedFor(now: Date): string | undefined {
    const [publicKey] = this.publicKeys
    if (publicKey) return publicKey.id
    // WeChat lists a certificate before it is valid, and does not sign with it until then.
    const begun = this.valid(now).filter(({ validFrom }) => validFrom <= now)
    return [...begun].sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime())[0]?.serial
  }

  /** Every valid key by id or serial, in the form that the client library expects. */
  byName(now: Date): Record<string, KeyObject> {
    return Object.fromEntries([
      ...this.publicKeys.map(({ id, key }) => [id, key] as const),
      ...this.valid(now).map(({ serial, key }) => [serial, key] as const),
    ])
  }

  /** A copy with these certificates and the same public keys. */
  withCertificates(certificates: readonly PlatformCertificate[]): PayKeyBook {
    return new PayKeyBook(this.publicKeys, certificates)
  }

  /** A copy with these public keys and the same certificates. */
  withPublicKeys(publicKeys: readonly WechatPublicKey[]): PayKeyBook {
    return new PayKeyBook(publicKeys, this.certificates)
  }

  private valid(now: Date): PlatformCertificate[] {
    return this.certificates.filter(({ validUntil }) => validUntil > now)
  }
}
