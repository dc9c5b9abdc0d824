import type { Clock } from '../state/clock.js'
import type { Merchant } from '../state/merchant-registry.js'
import type { PlatformKeys } from '../state/platform-keys.js'
import { PlatformSigner } from './platform-signer.js'

/** Chooses a signing key that the merchant can verify. */
export class SigningKeys {
  /** By merchant, in percent. When it reaches 100, the next notification is signed with the public key. */
  private readonly progress = new Map<string, number>()

  constructor(
    private readonly keys: PlatformKeys,
    private readonly now: Clock,
  ) {}

  /** @param requestedSerial the Wechatpay-Serial of the request. In mode `both` it decides which key signs. */
  forAnswer({ verification }: Merchant, requestedSerial: string | undefined): PlatformSigner {
    const asksForPublicKey = requestedSerial?.startsWith('PUB_KEY_ID_') === true
    return verification === 'public-key' || (verification === 'both' && asksForPublicKey)
      ? this.byPublicKey()
      : this.byCertificate()
  }

  /** In mode `both` the share is spread evenly, without chance: at 50 % the public key signs every second one. */
  forNotification({ mchid, verification, publicKeyPercent }: Merchant): PlatformSigner {
    if (verification === 'public-key') return this.byPublicKey()
    if (verification === 'certificate') return this.byCertificate()
    const progress = (this.progress.get(mchid) ?? 0) + publicKeyPercent
    this.progress.set(mchid, progress % 100)
    return progress >= 100 ? this.byPublicKey() : this.byCertificate()
  }

  private byPublicKey(): PlatformSigner {
    return new PlatformSigner([this.keys.signing('public-key'), ...this.keys.listed('public-key')], this.now)
  }

  private byCertificate(): PlatformSigner {
    return new PlatformSigner([this.keys.signing('certificate')], this.now)
  }
}
