import { Injectable, Logger } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { UnverifiedMessage } from '../wechat/pay-client.js'
import { PayClients } from '../wechat/pay-clients.js'
import { Settlement } from './settlement.js'

/** WeChat sends such signatures now and then to see whether merchants really verify. */
const PROBE = 'WECHATPAY/SIGNTEST/'

/** Notices of WeChat Pay: verified over their raw bytes before anything in them is believed. */
@Injectable()
export class Notifications {
  private readonly logger = new Logger(Notifications.name)

  constructor(
    private readonly clients: PayClients,
    private readonly settlement: Settlement,
    private readonly clock: Clock,
  ) {}

  /** @returns false when the message is not from WeChat */
  async receive(
    mchid: string,
    rawBody: Buffer,
    headers: Record<string, string | string[] | undefined>,
  ): Promise<boolean> {
    const header = (name: string) => String(headers[`wechatpay-${name}`] ?? '')
    if (!this.clients.has(mchid) || header('signature').startsWith(PROBE)) return false
    try {
      const said = this.clients.of(mchid).openNotification(
        rawBody,
        {
          timestamp: header('timestamp'),
          nonce: header('nonce'),
          serial: header('serial'),
          signature: header('signature'),
        },
        this.clock.now(),
      )
      if (said.state === 'SUCCESS') await this.settlement.settle(said, 'notification')
      return true
    } catch (error) {
      if (!(error instanceof UnverifiedMessage)) throw error
      this.logger.warn({ mchid, reason: error.message }, 'a payment notice was not genuine')
      return false
    }
  }
}
