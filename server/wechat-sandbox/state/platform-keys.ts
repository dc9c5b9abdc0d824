import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { CertificateAuthority } from './certificate-authority.js'
import type { Clock } from './clock.js'
import { keptPem, newPrivateKeyPem, publicKeyPem } from './key-material.js'
import { randomDigits } from './random-text.js'
import type { PlatformKeyKind, PlatformKeyRecord, SandboxState } from './sandbox-state.js'

/** File of the first public key. Files of later keys are named by serial. */
const FIRST_KEY_FILE = 'wechat-key.pem'
const MINUTE_MS = 60_000

/** A signing key of WeChat with the public key or certificate that verifies it. */
export interface PlatformKey extends PlatformKeyRecord {
  privateKey: KeyObject
  /** SPKI PEM. */
  publicKeyPem: string
  /** Only for kind `certificate`. Instants are epoch milliseconds. */
  certificate?: { pem: string; effectiveAt: number; expiresAt: number }
}

/** WeChat's own keys of both kinds. In a rotation a key is listed, then signs, then is retired. */
export class PlatformKeys {
  private readonly keys = new Map<string, PlatformKey>()

  private constructor(
    private readonly directory: string,
    private readonly state: SandboxState,
    private readonly authority: CertificateAuthority,
    private readonly now: Clock,
  ) {}

  /** Loads the keys of the state. Makes a public key when there is none. */
  static async open(
    directory: string,
    state: SandboxState,
    authority: CertificateAuthority,
    now: Clock,
  ): Promise<PlatformKeys> {
    const keys = new PlatformKeys(directory, state, authority, now)
    for (const record of state.platformKeys.values()) await keys.load(record)
    if (keys.listed('public-key').length === 0) await keys.issue('public-key', now())
    return keys
  }

  /** @returns the keys of a kind that are not retired, oldest first. */
  listed(kind?: PlatformKeyKind): PlatformKey[] {
    return [...this.keys.values()].filter((key) => kind === undefined || key.kind === kind)
  }

  find(serial: string): PlatformKey | undefined {
    return this.keys.get(serial)
  }

  /** @returns the key of this kind that signs now. @throws when there is none. */
  signing(kind: PlatformKeyKind): PlatformKey {
    const begun = this.listed(kind).filter(({ signsFrom = Infinity }) => signsFrom <= this.now())
    const latest = begun.sort((a, b) => (a.signsFrom ?? 0) - (b.signsFrom ?? 0)).at(-1)
    if (!latest) throw new Error(`no ${kind} signs`)
    return latest
  }

  /** Makes a first key of this kind when there is none. It is made on demand, because a key takes some tenths of a second. */
  async ensure(kind: PlatformKeyKind): Promise<void> {
    if (this.listed(kind).length === 0) await this.issue(kind, this.now())
  }

  /** @param signsFrom epoch milliseconds; undefined lists it without using it. */
  async issue(kind: PlatformKeyKind, signsFrom?: number): Promise<PlatformKey> {
    const keyPem = await newPrivateKeyPem()
    const record: PlatformKeyRecord = { serial: '', kind, keyFile: '', signsFrom }
    if (kind === 'public-key') {
      record.serial = `PUB_KEY_ID_${randomDigits(34)}`
      record.keyFile = this.keys.size === 0 ? FIRST_KEY_FILE : `wechat-key-${record.serial}.pem`
    } else {
      const pem = await this.authority.issue({
        subject: 'C=CN, O=Tenpay.com, CN=Tenpay.com sign',
        publicKeyPem: publicKeyPem(keyPem),
        // Clocks differ a little. With this margin no receiver sees a certificate before it is valid.
        validFrom: this.now() - MINUTE_MS,
      })
      record.serial = new X509Certificate(pem).serialNumber
      record.keyFile = `wechat-key-${record.serial}.pem`
      record.certificateFile = `wechat-cert-${record.serial}.pem`
      await keptPem(this.directory, record.certificateFile, () => Promise.resolve(pem))
    }
    await keptPem(this.directory, record.keyFile, () => Promise.resolve(keyPem))
    this.state.platformKeys.set(record.serial, record)
    return this.load(record)
  }

  /** Lets a key sign from `signsFrom` on (epoch milliseconds), instead of the key before it. */
  use(key: PlatformKey, signsFrom: number): void {
    key.signsFrom = signsFrom
    const record = this.state.platformKeys.get(key.serial)
    if (record) record.signsFrom = signsFrom
  }

  /** Removes a key and its files permanently. */
  async retire(key: PlatformKey): Promise<void> {
    this.keys.delete(key.serial)
    this.state.platformKeys.delete(key.serial)
    for (const file of [key.keyFile, key.certificateFile]) {
      if (file !== undefined) await rm(join(this.directory, file))
    }
  }

  private async load(record: PlatformKeyRecord): Promise<PlatformKey> {
    const keyPem = await this.kept(record.keyFile)
    const key: PlatformKey = {
      ...record,
      privateKey: createPrivateKey(keyPem),
      publicKeyPem: publicKeyPem(keyPem),
    }
    if (record.certificateFile !== undefined) {
      const pem = await this.kept(record.certificateFile)
      const { validFrom, validTo } = new X509Certificate(pem)
      key.certificate = { pem, effectiveAt: Date.parse(validFrom), expiresAt: Date.parse(validTo) }
    }
    this.keys.set(record.serial, key)
    return key
  }

  private kept(file: string): Promise<string> {
    return keptPem(this.directory, file, () => Promise.reject(new Error(`${file} is missing`)))
  }
}
