import type { Payment } from '../../../server/contracts/payment.js'
import { ApiError } from '../api/api-error'
import { payBills } from '../api/dues'
import { read, remove, write } from './storage'

interface Attempt {
  billIds: string[]
  key: string
}

/**
 * Opens a payment. When no answer came, the next try for the same bills repeats the same key, so that the
 * server answers with the order it may already have opened instead of opening a second one.
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

/** A server error may have come after the order was opened, so only a refusal ends an attempt. */
function isAnswered(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500
}

/** Has to be unlike every other key, not secret: the server binds it to the account. */
function newKey(): string {
  const random = () => Math.random().toString(36).slice(2, 12)
  return `${Date.now().toString(36)}-${random()}${random()}`
}
