import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CertificateAuthority } from './certificate-authority.js'
import { keptPem, newPrivateKeyPem, publicKeyPem } from './key-material.js'
import type { MerchantCredentials } from './merchant-credentials.js'
import type { PlatformKeys } from './platform-keys.js'
import { randomAlphanumeric } from './random-text.js'
import type { MerchantRecord, SandboxState, VerificationMode } from './sandbox-state.js'

const DAY_MS = 86_400_000

/** A merchant as the platform knows it. */
export interface Merchant extends MerchantRecord {
  certificateSerial: string
  publicKey: KeyObject
  /** Kept only for the credentials file. The real platform never has it. */
  privateKeyPem: string
}

export interface MerchantRegistryParts {
  directory: string
  state: SandboxState
  authority: CertificateAuthority
  keys: PlatformKeys
}

/** How a merchant verifies and for whom it collects. Absent fields stay unchanged. */
export type MerchantChange = Partial<
  Pick<MerchantRecord, 'verification' | 'publicKeyPercent' | 'subMerchants'>
>

/** The merchants of the sandbox. Their keys and certificates are kept across restarts. */
export class MerchantRegistry {
  private readonly merchants = new Map<string, Merchant>()

  private constructor(private readonly parts: MerchantRegistryParts) {}

  /**
   * Loads the merchants of the state and adds the new ones of `mchids`.
   *
   * @throws when a merchant number is malformed.
   */
  static async open(
    parts: MerchantRegistryParts,
    mchids: readonly string[],
    verification: VerificationMode,
  ): Promise<MerchantRegistry> {
    const registry = new MerchantRegistry(parts)
    for (const mchid of mchids) registry.ensureRecord(mchid, verification)
    await Promise.all([...parts.state.merchants.values()].map((record) => registry.load(record)))
    await registry.writeCredentials()
    return registry
  }

  find(mchid: string): Merchant | undefined {
    return this.merchants.get(mchid)
  }

  /** @throws when the sandbox has no such merchant. */
  get(mchid: string): Merchant {
    const merchant = this.merchants.get(mchid)
    if (!merchant) throw new Error(`no merchant ${mchid}`)
    return merchant
  }

  /** Adds a merchant, or changes one. @throws when the number is malformed. */
  async register(mchid: string, change: MerchantChange): Promise<Merchant> {
    const record = this.ensureRecord(mchid, 'public-key')
    const merchant = this.merchants.get(mchid) ?? (await this.load(record))
    for (const target of [record, merchant]) {
      target.verification = change.verification ?? target.verification
      target.publicKeyPercent = change.publicKeyPercent ?? target.publicKeyPercent
      target.subMerchants = change.subMerchants ?? target.subMerchants
    }
    this.parts.state.merchants.set(mchid, record)
    await this.writeCredentials()
    return merchant
  }

  /** @throws when the sandbox has no such merchant. */
  credentials(mchid: string): MerchantCredentials {
    const { appid, certificateSerial, privateKeyPem, apiV3Key, verification, subMerchants } = this.get(mchid)
    const { state, keys } = this.parts
    const known = verification === 'certificate' ? [] : keys.listed('public-key')
    const newest = known.at(-1)
    return {
      mode: subMerchants.length === 0 ? 'direct' : 'partner',
      mchid,
      subMerchants: [...subMerchants],
      appid,
      appSecret: state.app.secret,
      certificateSerial,
      privateKeyPem,
      apiV3Key,
      verification,
      wechatPublicKeyId: newest?.serial ?? '',
      wechatPublicKeyPem: newest?.publicKeyPem ?? '',
      wechatPublicKeys: known.map(({ serial, publicKeyPem: pem }) => ({ id: serial, pem })),
    }
  }

  /** Rewrites the credentials file of every merchant. Call it when a key of WeChat is added or retired. */
  async writeCredentials(): Promise<void> {
    const all = [...this.merchants.values()]
    if (all.some(({ verification }) => verification !== 'public-key'))
      await this.parts.keys.ensure('certificate')
    for (const { mchid } of all) {
      const entries = Object.entries<string | unknown[]>({ ...this.credentials(mchid) }).filter(
        ([, value]) => value.length > 0,
      )
      const text = `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
      const path = join(this.parts.directory, `merchant-${mchid}.json`)
      await writeFile(`${path}.partial`, text, { mode: 0o600 })
      // A rename is atomic, so a merchant's server never reads a half-written file.
      await rename(`${path}.partial`, path)
    }
  }

  private ensureRecord(mchid: string, verification: VerificationMode): MerchantRecord {
    // The number is used in file names, so its form is checked.
    if (!/^\d{8,12}$/.test(mchid)) throw new Error(`a merchant number has 8 to 12 digits, not "${mchid}"`)
    const { app, merchants } = this.parts.state
    const apiV3Key = randomAlphanumeric(32)
    const record = merchants.get(mchid) ?? {
      mchid,
      appid: app.appid,
      apiV3Key,
      verification,
      publicKeyPercent: 0,
      subMerchants: [],
    }
    merchants.set(mchid, record)
    return record
  }

  private async load(record: MerchantRecord): Promise<Merchant> {
    const { mchid } = record
    const { directory, authority } = this.parts
    const privateKeyPem = await keptPem(directory, `merchant-${mchid}-key.pem`, newPrivateKeyPem)
    const certificatePem = await keptPem(directory, `merchant-${mchid}-cert.pem`, () =>
      authority.issue({
        subject: `C=CN, O=微信商户系统, CN=${mchid}`,
        publicKeyPem: publicKeyPem(privateKeyPem),
        validFrom: Date.now() - DAY_MS,
      }),
    )
    const certificateSerial = new X509Certificate(certificatePem).serialNumber
    const publicKey = createPublicKey(certificatePem)
    const merchant = { ...record, certificateSerial, publicKey, privateKeyPem }
    this.merchants.set(mchid, merchant)
    return merchant
  }
}
