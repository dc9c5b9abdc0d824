import { Injectable, Logger } from '@nestjs/common'
import type { Counter } from 'prom-client'
import { Clock } from '../config/clock.js'
import { Metrics } from '../http/metrics.js'
import { PayClients } from '../wechat/pay-clients.js'
import { isProbe, signatureHeaders, UnverifiedMessage } from '../wechat/signed-message.js'
import { PaymentMilestones } from './payment-milestones.js'
import { Settlement } from './settlement.js'

/** Receives notifications of WeChat Pay. The signature over the raw bytes is verified before the content is used. */
@Injectable()
export class Notifications {
  private readonly logger = new Logger(Notifications.name)
  private readonly refused: Counter

  constructor(
    private readonly clients: PayClients,
    private readonly settlement: Settlement,
    private readonly milestones: PaymentMilestones,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.refused = metrics.counter(
      'zhibu_payment_notifications_refused_total',
      'Payment notifications that were not genuine; tests of our verification by WeChat are not counted',
    )
  }

  /** @returns false when the message is not from WeChat */
  async receive(
    mchid: string,
    rawBody: Buffer,
    headers: Record<string, string | string[] | undefined>,
  ): Promise<boolean> {
    const signature = signatureHeaders(headers)
    // WeChat tests with a wrong signature whether we verify. It is refused, but neither counted nor logged.
    if (isProbe(signature)) return false
    try {
      if (!this.clients.has(mchid)) throw new UnverifiedMessage('no such merchant')
      const said = await this.clients.of(mchid).openNotification(rawBody, signature, this.clock.now())
      this.milestones.reached('notification-verified')
      if (said.state === 'SUCCESS') await this.settlement.settle(said, 'notification')
      return true
    } catch (error) {
      if (!(error instanceof UnverifiedMessage)) throw error
      this.refused.inc()
      this.logger.warn(
        { mchid: mchid.slice(0, 32), reason: error.message },
        'a payment notification was not genuine',
      )
      return false
    }
  }
}
