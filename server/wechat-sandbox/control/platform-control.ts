import type { Clock } from '../state/clock.js'
import type { MerchantRegistry, MerchantChange } from '../state/merchant-registry.js'
import type { PlatformKey, PlatformKeys } from '../state/platform-keys.js'
import type { PlatformKeyKind, SubMerchant, VerificationMode } from '../state/sandbox-state.js'
import type { StateFile } from '../state/state-file.js'
import { ControlError } from './control-error.js'

export interface PlatformControlParts {
  stateFile: StateFile
  merchants: MerchantRegistry
  keys: PlatformKeys
  now: Clock
}

export interface MerchantReport {
  mchid: string
  verification: VerificationMode
  publicKeyPercent: number
  subMerchants: SubMerchant[]
}

export interface KeyReport {
  serial: string
  kind: PlatformKeyKind
  /** Whether it is the signing key of its kind. */
  signing: boolean
  /** Epoch milliseconds; absent while the key is only listed. */
  signsFrom?: number
}

/** Controls WeChat's own keys and their rotation, and how merchants verify. */
export class PlatformControl {
  constructor(private readonly parts: PlatformControlParts) {}

  /** Adds a merchant, or changes one. @throws ControlError 400 for a malformed number. */
  async registerMerchant(mchid: string, change: MerchantChange = {}): Promise<MerchantReport> {
    const { merchants, stateFile } = this.parts
    for (const number of [mchid, ...(change.subMerchants ?? []).map((each) => each.mchid)])
      if (!/^\d{8,12}$/.test(number)) throw new ControlError(400, 'a merchant number has 8 to 12 digits')
    const { verification, publicKeyPercent, subMerchants } = await merchants.register(mchid, change)
    await stateFile.commit()
    return { mchid, verification, publicKeyPercent, subMerchants }
  }

  keys(): KeyReport[] {
    return this.parts.keys.listed().map((key) => this.report(key))
  }

  /**
   * Lists a new key beside the existing ones.
   *
   * @param signsInMs when it starts to sign, in ms from now; undefined waits for {@link use}.
   */
  async issueKey(kind: PlatformKeyKind, signsInMs?: number): Promise<KeyReport> {
    const { keys, now } = this.parts
    // The first key of a kind signs at once, because no other key of that kind exists.
    const wait = keys.listed(kind).length === 0 ? 0 : signsInMs
    const key = await keys.issue(kind, wait === undefined ? undefined : now() + wait)
    await this.keep()
    return this.report(key)
  }

  /** Lets a key sign in `inMs` milliseconds. @throws ControlError 404, or 409 when it already signs and `inMs` > 0. */
  async use(serial: string, inMs = 0): Promise<KeyReport> {
    const key = this.find(serial)
    if (inMs > 0 && this.isSigning(key))
      throw new ControlError(409, `${serial} signs already: nothing could sign until then`)
    this.parts.keys.use(key, this.parts.now() + inMs)
    await this.keep()
    return this.report(key)
  }

  /** @throws ControlError 404, or 409 when the key signs. */
  async retire(serial: string): Promise<void> {
    const key = this.find(serial)
    if (this.isSigning(key)) throw new ControlError(409, `${serial} signs: let another key sign first`)
    await this.parts.keys.retire(key)
    await this.keep()
  }

  private report(key: PlatformKey): KeyReport {
    const { serial, kind, signsFrom } = key
    return { serial, kind, signing: this.isSigning(key), ...(signsFrom === undefined ? {} : { signsFrom }) }
  }

  private isSigning({ serial, kind }: PlatformKey): boolean {
    return this.parts.keys.signing(kind).serial === serial
  }

  private find(serial: string): PlatformKey {
    const key = this.parts.keys.find(serial)
    if (!key) throw new ControlError(404, `no key ${serial}`)
    return key
  }

  private async keep(): Promise<void> {
    await this.parts.merchants.writeCredentials()
    await this.parts.stateFile.commit()
  }
}
