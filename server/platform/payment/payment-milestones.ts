import { Injectable } from '@nestjs/common'

/** Steps of a payment after which a crash would leave work half done. */
export const PAYMENT_MILESTONES = [
  /** The order is committed; WeChat has not been asked for a prepay id. */
  'order-committed',
  /** WeChat has answered with a prepay id; it is not stored yet. */
  'prepay-known',
  /** A notification is verified; the order is not settled yet. */
  'notification-verified',
  /** The settlement is written; its transaction is still open. */
  'settlement-written',
  /** The settlement is committed; WeChat's notification has no answer yet. */
  'settlement-committed',
] as const

export type PaymentMilestone = (typeof PAYMENT_MILESTONES)[number]

/** Called at each milestone. It does nothing; a crash test replaces it and ends the process there. */
@Injectable()
export class PaymentMilestones {
  reached(_milestone: PaymentMilestone): void {
    // Does nothing outside of crash tests.
  }
}
