import { Injectable } from '@nestjs/common'

/** Moments in the life of a payment at which a process could die and something would be half done. */
export const PAYMENT_MILESTONES = [
  /** The order stands; WeChat has not been told. */
  'order-committed',
  /** WeChat has answered with a prepay id; it is not stored. */
  'prepay-known',
  /** A notification is genuine; nothing has been done about it. */
  'notification-verified',
  /** Everything about a settlement is written; the transaction is open. */
  'settlement-written',
  /** The settlement is committed; WeChat has not been thanked. */
  'settlement-committed',
] as const

export type PaymentMilestone = (typeof PAYMENT_MILESTONES)[number]

/** Told of each milestone. It does nothing: whoever wants to see what a death costs puts something else in its place. */
@Injectable()
export class PaymentMilestones {
  reached(_milestone: PaymentMilestone): void {
    // Nobody watches.
  }
}
