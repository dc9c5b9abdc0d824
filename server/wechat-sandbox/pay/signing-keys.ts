import type { Clock } from '../state/clock.js'
import type { Merchant } from '../state/merchant-registry.js'
import type { PlatformKeys } from '../state/platform-keys.js'
import { PlatformSigner } from './platform-signer.js'

/** Chooses the key of WeChat that a merchant can verify. */
export class SigningKeys {
  /** How far each merchant is from the next notification signed with the public key, in percent. */
  private readonly progress = new Map<string, number>()

  constructor(
    private readonly keys: PlatformKeys,
    private readonly now: Clock,
  ) {}

  /** @param requestedSerial the request's Wechatpay-Serial: in mode `both` it is the merchant who chooses. */
  forAnswer({ verification }: Merchant, requestedSerial: string | undefined): PlatformSigner {
    const asksForPublicKey = requestedSerial?.startsWith('PUB_KEY_ID_') === true
    return verification === 'public-key' || (verification === 'both' && asksForPublicKey)
      ? this.byPublicKey()
      : this.byCertificate()
  }

  /** Spreads the share evenly and the same way every time: at 50 % every second one is signed with the public key. */
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
