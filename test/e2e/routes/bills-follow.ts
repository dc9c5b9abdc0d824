/** When a month has its bill already. */
export const BILLS_FOLLOW = {
  dues_bill: 'an unpaid bill of the member follows',
  dues_bill_withdrawn: 'what it said before is kept',
  dues_bill_correction: 'a bill that is paid or being paid is noted',
}
