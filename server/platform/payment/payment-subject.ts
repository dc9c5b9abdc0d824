/** What was paid for, as the one who sells it sees it. Implemented above, registered with `Payments`. */
export interface PaymentSubject {
  /**
   * Called inside the settling transaction, once for each order: mark everything paid, or throw to undo it all.
   * @returns the ids that could not be marked because they are no longer owed
   */
  onPaid(subjectIds: string[], order: { tradeNo: string; accountId: string; paidAt: Date }): Promise<string[]>
  /** A word for each thing that an order covers, oldest first, to show beside the amount: `2026-11`. */
  periodsOf(subjectIds: string[]): string[]
}
