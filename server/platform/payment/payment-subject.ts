/** Something that is owed, as an order is opened for it. */
export interface OwedThing {
  subjectId: string
  amountFen: number
  /** Unit for which it is collected. */
  unitId: string
}

/** Something that was paid, exactly as it was when its order was opened. */
export interface PaidThing {
  subjectId: string
  amountFen: number
  /** Null where an old order did not keep it. */
  unitId: string | null
}

/** An order that is paid now. */
export interface SettledOrder {
  tradeNo: string
  accountId: string
  paidAt: Date
  /** What the order agreed on, whatever has been decided since. */
  things: PaidThing[]
}

/** What is paid for, as the one who sells it sees it. Implemented above, registered with `PaymentSubjects`. */
export interface PaymentSubject {
  /** Whom a person turns to about paying, in the word they use. */
  readonly contact: string
  /**
   * Called inside the transaction that opens an order: locks the things, so that they cannot be settled or changed
   * before the order stands, and says what each costs.
   * @throws Conflict when one of them is not owed any more
   */
  claim(subjectIds: string[]): Promise<OwedThing[]>
  /**
   * Called inside the settling transaction, once for each order that is paid: mark everything, or throw to undo it all.
   * @returns the ids that could not be marked because they are no longer owed as they were
   */
  onPaid(order: SettledOrder): Promise<string[]>
  /** A word for each thing that an order covers, oldest first, to show beside the amount: `2026-11`. */
  periodsOf(subjectIds: string[]): string[]
}
