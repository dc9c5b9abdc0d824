import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CertificateAuthority } from './certificate-authority.js'
import { keptPem, newPrivateKeyPem, publicKeyPem } from './key-material.js'
import { randomAlphanumeric } from './random-text.js'
import type { MerchantRecord, SandboxState } from './sandbox-state.js'

/** A merchant as the platform knows it. */
export interface Merchant extends MerchantRecord {
  certificateSerial: string
  publicKey: KeyObject
}

/** What a merchant's server is configured with; written to `merchant-<mchid>.json`. */
export interface MerchantCredentials {
  mchid: string
  appid: string
  appSecret: string
  certificateSerial: string
  /** PKCS#8 PEM. */
  privateKeyPem: string
  /** 32 characters. */
  apiV3Key: string
  /** `PUB_KEY_ID_…`, the value of Wechatpay-Serial in public-key mode. */
  wechatPublicKeyId: string
  /** SPKI PEM. */
  wechatPublicKeyPem: string
}

/** The merchants of the stand-in, with keys and certificates that survive a restart. */
export class MerchantRegistry {
  private readonly merchants = new Map<string, Merchant>()
  private readonly credentialsOf = new Map<string, MerchantCredentials>()

  private constructor(private readonly directory: string) {}

  /**
   * Loads the merchants of the state and adds those of `mchids` that are new.
   *
   * @param platformPublicKeyPem the public key merchants verify answers with.
   * @throws when a merchant number is malformed.
   */
  static async open(
    directory: string,
    state: SandboxState,
    mchids: readonly string[],
    platformPublicKeyPem: string,
  ): Promise<MerchantRegistry> {
    for (const mchid of mchids) {
      // The number becomes part of file names.
      if (!/^\d{8,12}$/.test(mchid)) throw new Error(`a merchant number has 8 to 12 digits, not "${mchid}"`)
      if (!state.merchants.has(mchid)) {
        const apiV3Key = randomAlphanumeric(32)
        state.merchants.set(mchid, { mchid, appid: state.app.appid, apiV3Key })
      }
    }
    const authority = new CertificateAuthority(
      await keptPem(directory, 'authority-key.pem', newPrivateKeyPem),
    )
    const registry = new MerchantRegistry(directory)
    const records = [...state.merchants.values()]
    await Promise.all(records.map((record) => registry.admit(record, state, authority, platformPublicKeyPem)))
    return registry
  }

  find(mchid: string): Merchant | undefined {
    return this.merchants.get(mchid)
  }

  /** @throws when the stand-in has no such merchant. */
  get(mchid: string): Merchant {
    const merchant = this.merchants.get(mchid)
    if (!merchant) throw new Error(`no merchant ${mchid}`)
    return merchant
  }

  /** @throws when the stand-in has no such merchant. */
  credentials(mchid: string): MerchantCredentials {
    const credentials = this.credentialsOf.get(mchid)
    if (!credentials) throw new Error(`no merchant ${mchid}`)
    return { ...credentials }
  }

  private async admit(
    record: MerchantRecord,
    state: SandboxState,
    authority: CertificateAuthority,
    wechatPublicKeyPem: string,
  ): Promise<void> {
    const { mchid, appid, apiV3Key } = record
    const privateKeyPem = await keptPem(this.directory, `merchant-${mchid}-key.pem`, newPrivateKeyPem)
    const certificatePem = await keptPem(this.directory, `merchant-${mchid}-cert.pem`, () =>
      authority.issue(mchid, publicKeyPem(privateKeyPem)),
    )
    const certificateSerial = new X509Certificate(certificatePem).serialNumber
    this.merchants.set(mchid, { ...record, certificateSerial, publicKey: createPublicKey(certificatePem) })

    const appSecret = state.app.secret
    const credentials = {
      mchid,
      appid,
      appSecret,
      certificateSerial,
      privateKeyPem,
      apiV3Key,
      wechatPublicKeyId: state.wechatPublicKeyId,
      wechatPublicKeyPem,
    }
    this.credentialsOf.set(mchid, credentials)
    const path = join(this.directory, `merchant-${mchid}.json`)
    await writeFile(path, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 })
  }
}
