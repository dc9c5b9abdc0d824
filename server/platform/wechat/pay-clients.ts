import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { MerchantKeys } from './merchant-keys.js'
import { Pauses } from './pauses.js'
import { PayClient } from './pay-client.js'
import { PayWire } from './pay-wire.js'

/** One client for each merchant account whose credentials are configured. */
@Injectable()
export class PayClients {
  private readonly byMchid: Map<string, PayClient>

  constructor(config: Config, clock: Clock, pauses: Pauses) {
    const { payCredentialFiles, payUrl } = config.wechat
    const mustBePrivate = config.mode === 'production'
    this.byMchid = new Map(
      payCredentialFiles.map((file) => {
        const keys = new MerchantKeys(file, payUrl, clock, mustBePrivate)
        return [keys.credentials.mchid, new PayClient(keys, new PayWire(keys, payUrl, clock), pauses)]
      }),
    )
  }

  /** @throws when no credentials are configured for the merchant */
  of(mchid: string): PayClient {
    const client = this.byMchid.get(mchid)
    if (!client)
      throw new Error(`no WeChat Pay credentials for merchant ${mchid}: see WECHAT_PAY_CREDENTIALS`)
    return client
  }

  has(mchid: string): boolean {
    return this.byMchid.has(mchid)
  }

  /** Loads changed credentials and downloads certificates that are due. Every process does this for itself. */
  async keepFresh(): Promise<void> {
    await Promise.all([...this.byMchid.values()].map(({ keys }) => keys.keepFresh()))
  }
}
