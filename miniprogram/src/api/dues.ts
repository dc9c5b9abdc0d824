import type {
  BillChangeList,
  BillPage,
  DuesDifferencePage,
  PayBills,
} from '../../../server/contracts/organization/dues.js'
import type { ChangeDuesPolicy, DuesPolicy } from '../../../server/contracts/organization/dues-policy.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import { call } from './client'

export const listMyBills = (cursor?: string) => call<BillPage>('GET', '/me/bills', { query: { cursor } })
export const listMyBillChanges = () => call<BillChangeList>('GET', '/me/bill-changes')
export const listDuesDifferences = (cursor?: string) =>
  call<DuesDifferencePage>('GET', '/dues-differences', { query: { cursor } })
/** @param idempotencyKey the same for every repetition of one attempt, so that the bills cannot be paid twice. */
export const payBills = (body: PayBills, idempotencyKey: string) =>
  call<Payment>('POST', '/payments', { body, header: { 'idempotency-key': idempotencyKey } })
export const readPayment = (tradeNo: string) => call<Payment>('GET', `/payments/${tradeNo}`)
/** Closes an order that is not paid. The answer may say that it was paid in the meantime. */
export const closePayment = (tradeNo: string) => call<Payment>('DELETE', `/payments/${tradeNo}`)
export const readDuesPolicy = (unitId: string) => call<DuesPolicy>('GET', `/units/${unitId}/dues-policy`)
export const changeDuesPolicy = (unitId: string, body: ChangeDuesPolicy) =>
  call<DuesPolicy>('PUT', `/units/${unitId}/dues-policy`, { body })
