/** A thing that is owed, as it is when its order is opened. */
export interface OwedThing {
  subjectId: string
  amountFen: number
  /** Unit for which it is collected. */
  unitId: string
}

/** A thing that was paid, as it was when its order was opened. */
export interface PaidThing {
  subjectId: string
  amountFen: number
  /** Null where an old order did not keep it. */
  unitId: string | null
}

/** An order that has just been paid. */
export interface SettledOrder {
  tradeNo: string
  accountId: string
  paidAt: Date
  /** The things as they were when the order was opened, whatever has changed since. */
  things: PaidThing[]
}

/**
 * A kind of thing that can be paid for. The module that sells it implements this and registers it with
 * `PaymentSubjects`.
 */
export interface PaymentSubject {
  /** Whom a person asks about paying, in the Chinese word that messages use. */
  readonly contact: string
  /**
   * Called inside the transaction that opens an order. It locks the things, so that nobody settles or changes them
   * before the order is committed, and returns what each costs in fen.
   * @throws Conflict when one of the things is not owed any more
   */
  claim(subjectIds: string[]): Promise<OwedThing[]>
  /**
   * Called inside the settling transaction, once for each paid order. It marks all things paid, or throws to roll
   * everything back.
   * @returns the ids that could not be marked, because they are not owed any more or have changed
   */
  onPaid(order: SettledOrder): Promise<string[]>
  /**
   * Called inside the transaction that closes an order unpaid: its things can be changed again, and paid by another.
   */
  onReleased(subjectIds: string[]): Promise<void>
  /** A label for each thing of an order, oldest first, to show beside the amount, such as `2026-11`. */
  periodsOf(subjectIds: string[]): string[]
}
