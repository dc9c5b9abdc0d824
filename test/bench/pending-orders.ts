import type { Connection } from 'mysql2/promise'
import {
  accountIdOf,
  memberIdOf,
  MERCHANT_ACCOUNT_ID,
  openidOf,
  UNPAID_MONTHS,
} from './data-set.statements.js'
import type { PaidOrder } from './wechat-answers.js'

/** One order is for one month, as most are; for the first that is unpaid some members have an order already. */
const MONTH = (UNPAID_MONTHS[1] ?? '').replace('-', '')
const IN_A_STATEMENT = 500

export interface PendingOrder extends PaidOrder {
  memberId: string
  billId: string
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
  const amounts = new Map<string, number>()
  for (let start = 0; start < count; start += IN_A_STATEMENT) {
    const some = numbers.slice(start, start + IN_A_STATEMENT)
    const bills = await billsOf(connection, some)
    for (const { id, amountFen } of bills) amounts.set(id, amountFen)
    const orders = some.map((number) => [
      orderIdOf(number),
      tradeNoOf(number),
      'dues',
      MERCHANT_ACCOUNT_ID,
      accountIdOf(number),
      openidOf(number),
      amounts.get(billIdOf(number)),
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
    const numberOf = new Map(some.map((number) => [billIdOf(number), number]))
    const lines = bills.map(({ id, amountFen, unitId }, index) => [
      `01BENCHT${String(some[0]).padStart(10, '0')}${String(index).padStart(8, '0')}`,
      orderIdOf(numberOf.get(id) ?? 0),
      id,
      amountFen,
      unitId,
      `dues:${id}`,
    ])
    await connection.query(
      'INSERT INTO payment_line (id, orderId, subjectId, amountFen, unitId, openKey) VALUES ?',
      [lines],
    )
  }
  return numbers.map((number) => ({
    tradeNo: tradeNoOf(number),
    amountFen: amounts.get(billIdOf(number)) ?? 0,
    openid: openidOf(number),
    memberId: memberIdOf(number),
    billId: billIdOf(number),
  }))
}

interface Owed {
  id: string
  amountFen: number
  unitId: string
}

async function billsOf(connection: Connection, numbers: number[]): Promise<Owed[]> {
  const [rows] = await connection.query('SELECT id, amountFen, unitId FROM dues_bill WHERE id IN (?)', [
    numbers.map(billIdOf),
  ])
  const bills = (rows as Owed[]).map((row) => ({ ...row, amountFen: Number(row.amountFen) }))
  if (bills.length !== numbers.length) throw new Error('a member has no bill for the month')
  return bills
}

const orderIdOf = (number: number) => `01BENCHN${String(number).padStart(18, '0')}`
const tradeNoOf = (number: number) => `DBENCH${String(number).padStart(20, '0')}`
const billIdOf = (number: number) => memberIdOf(number) + MONTH
