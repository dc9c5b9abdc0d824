import type { KeyObject } from 'node:crypto'
import type { WechatPublicKey } from './pay-credentials.js'

/** A certificate of WeChat Pay: its key verifies what names its serial, while it is valid. */
export interface PlatformCertificate {
  /** Hexadecimal, capital letters. */
  serial: string
  key: KeyObject
  validFrom: Date
  validUntil: Date
}

/** The keys by which one merchant recognizes WeChat: public keys and platform certificates, each under its name. */
export class PayKeyBook {
  constructor(
    private readonly publicKeys: readonly WechatPublicKey[],
    private readonly certificates: readonly PlatformCertificate[] = [],
  ) {}

  /** The key that a message names by its `Wechatpay-Serial`; undefined when it is unknown or has expired. */
  keyOf(serial: string, now: Date): KeyObject | undefined {
    const publicKey = this.publicKeys.find(({ id }) => id === serial)
    return publicKey?.key ?? this.valid(now).find((known) => known.serial === serial.toUpperCase())?.key
  }

  /**
   * What a request asks to have its answer signed with: the first public key, else the certificate that was issued
   * last. Undefined while nothing is known.
   */
  askedFor(now: Date): string | undefined {
    const [publicKey] = this.publicKeys
    if (publicKey) return publicKey.id
    // One that is listed before its time is not used for signing yet.
    const begun = this.valid(now).filter(({ validFrom }) => validFrom <= now)
    return [...begun].sort((a, b) => b.validFrom.getTime() - a.validFrom.getTime())[0]?.serial
  }

  /** Every key under its name, as the client library takes them. */
  byName(now: Date): Record<string, KeyObject> {
    return Object.fromEntries([
      ...this.publicKeys.map(({ id, key }) => [id, key] as const),
      ...this.valid(now).map(({ serial, key }) => [serial, key] as const),
    ])
  }

  /** The same public keys with the certificates that WeChat lists now. */
  withCertificates(certificates: readonly PlatformCertificate[]): PayKeyBook {
    return new PayKeyBook(this.publicKeys, certificates)
  }

  /** The same certificates with the public keys that the operator lists now. */
  withPublicKeys(publicKeys: readonly WechatPublicKey[]): PayKeyBook {
    return new PayKeyBook(publicKeys, this.certificates)
  }

  private valid(now: Date): PlatformCertificate[] {
    return this.certificates.filter(({ validUntil }) => validUntil > now)
  }
}
