import { Injectable } from '@nestjs/common'
import { Config } from '../config/config.js'
import { PayClient } from './pay-client.js'
import { readPayCredentials } from './pay-credentials.js'

/** One client for each merchant account whose credentials are configured. */
@Injectable()
export class PayClients {
  private readonly byMchid: Map<string, PayClient>

  constructor(config: Config) {
    const { payCredentialFiles, payUrl } = config.wechat
    this.byMchid = new Map(
      payCredentialFiles.map((file) => {
        const credentials = readPayCredentials(file)
        return [credentials.mchid, new PayClient(credentials, payUrl)]
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
}
