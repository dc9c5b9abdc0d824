/** A member has one bill a month at most, so the bill is named by both: 26 characters and `YYYYMM`. */
export const billId = (memberId: string, month: string): string => `${memberId}${month.replace('-', '')}`

/** The month of a bill, `YYYY-MM`, from its id. */
export const monthOfBill = (id: string): string => `${id.slice(26, 30)}-${id.slice(30, 32)}`

/** The name of bills as a subject of payments. */
export const DUES_SUBJECT = 'dues'
