import type { Payment } from '../../../server/contracts/platform/payment.js'
import { isAnswered, newKey } from '../api/attempt-key'
import { payBills } from '../api/dues'
import { read, remove, write } from './storage'

interface Attempt {
  billIds: string[]
  key: string
}

/**
 * Opens a payment. When no answer came, the next attempt for the same bills repeats the same key, so that the server
 * returns an order that it has already opened and does not open a second one.
 * @throws {ApiError}
 */
export async function openPayment(billIds: string[]): Promise<Payment> {
  const attempt = attemptFor(billIds)
  write('payment-attempt', attempt)
  try {
    const payment = await payBills({ billIds: attempt.billIds }, attempt.key)
    remove('payment-attempt')
    return payment
  } catch (error) {
    if (isAnswered(error)) remove('payment-attempt')
    throw error
  }
}

function attemptFor(billIds: string[]): Attempt {
  const wanted = [...billIds].sort()
  const kept = read<Attempt>('payment-attempt')
  if (kept && kept.billIds.join() === wanted.join()) return kept
  return { billIds: wanted, key: newKey() }
}
