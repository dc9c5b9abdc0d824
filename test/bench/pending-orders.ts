import type { Connection } from 'mysql2/promise'
import {
  accountIdOf,
  memberIdOf,
  MERCHANT_ACCOUNT_ID,
  openidOf,
  UNPAID_MONTHS,
} from './data-set.statements.js'
import type { PaidOrder } from './wechat-answers.js'

/** One order is for all but the first unpaid month, for which some members have an order already. */
const MONTHS = UNPAID_MONTHS.slice(1).map((month) => month.replace('-', ''))
const AMOUNT_FEN = 40
const IN_A_STATEMENT = 500

export interface PendingOrder extends PaidOrder {
  memberId: string
  billIds: string[]
}

/** Writes down orders for members `first` and following, as opening them would have done. */
export async function insertPendingOrders(
  connection: Connection,
  first: number,
  count: number,
): Promise<PendingOrder[]> {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  const at = new Date()
  const later = new Date('2099-01-01')
  for (let start = 0; start < count; start += IN_A_STATEMENT) {
    const some = numbers.slice(start, start + IN_A_STATEMENT)
    const orders = some.map((number) => [
      orderIdOf(number),
      tradeNoOf(number),
      'dues',
      MERCHANT_ACCOUNT_ID,
      accountIdOf(number),
      openidOf(number),
      AMOUNT_FEN,
      '党费',
      'pending',
      `settling-${number}`,
      'settling',
      at,
      later,
      later,
      0,
    ])
    await connection.query(
      `INSERT INTO payment_order (id, tradeNo, subject, merchantAccountId, accountId, payerOpenid, amountFen,
         description, state, idempotencyKey, contentHash, createdAt, expiresAt, nextAskAt, asks) VALUES ?`,
      [orders],
    )
    const lines = some.flatMap((number) =>
      billIdsOf(number).map((billId, index) => [
        `01BENCHT${index}${String(number).padStart(17, '0')}`,
        orderIdOf(number),
        billId,
        AMOUNT_FEN / MONTHS.length,
        `dues:${billId}`,
      ]),
    )
    await connection.query('INSERT INTO payment_line (id, orderId, subjectId, amountFen, openKey) VALUES ?', [
      lines,
    ])
  }
  return numbers.map((number) => ({
    tradeNo: tradeNoOf(number),
    amountFen: AMOUNT_FEN,
    openid: openidOf(number),
    memberId: memberIdOf(number),
    billIds: billIdsOf(number),
  }))
}

const orderIdOf = (number: number) => `01BENCHN${String(number).padStart(18, '0')}`
const tradeNoOf = (number: number) => `DBENCH${String(number).padStart(20, '0')}`
const billIdsOf = (number: number) => MONTHS.map((month) => memberIdOf(number) + month)
