import { Aes } from 'wechatpay-axios-plugin'
import type { MerchantKeys } from './merchant-keys.js'
import {
  isProbe,
  UnverifiedMessage,
  verifyAge,
  verifySignature,
  type SignatureHeaders,
} from './signed-message.js'
import { transactionOf, type Transaction, type TransactionBody } from './transaction.js'

/**
 * Verifies a notification over its raw bytes, then decrypts it and returns its transaction. Anybody can send a
 * notification, so the cheap checks come first.
 * @throws UnverifiedMessage
 */
export async function openNotification(
  keys: MerchantKeys,
  rawBody: Buffer,
  headers: SignatureHeaders,
  now: Date,
): Promise<Transaction> {
  verifyAge(headers, now)
  if (isProbe(headers)) throw new UnverifiedMessage('a test of our verification')
  let key = keys.book.keyOf(headers.serial, now)
  if (!key && (await keys.lookUp(headers.serial))) key = keys.book.keyOf(headers.serial, now)
  verifySignature(rawBody.toString('utf8'), headers, key)
  return transactionOf(decrypted(rawBody, keys.credentials.apiV3Key))
}

function decrypted(rawBody: Buffer, apiV3Key: string): TransactionBody {
  try {
    const { resource } = JSON.parse(rawBody.toString('utf8')) as {
      resource: { ciphertext: string; nonce: string; associated_data?: string }
    }
    const { ciphertext, nonce, associated_data = '' } = resource
    return JSON.parse(Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data)) as TransactionBody
  } catch {
    throw new UnverifiedMessage('content does not decrypt')
  }
}
