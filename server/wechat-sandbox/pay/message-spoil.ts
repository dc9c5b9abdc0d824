import type { PlatformSigner, SignOptions } from './platform-signer.js'

/** Ways to damage a message so that a careful receiver must refuse it. */
export const ANSWER_SPOILS = [
  'tampered',
  'unsigned',
  'stale',
  'future',
  'unknown-serial',
  'signature-test',
] as const
export const NOTIFICATION_SPOILS = [...ANSWER_SPOILS, 'bad-tag'] as const

export type AnswerSpoil = (typeof ANSWER_SPOILS)[number]
/** `bad-tag`: signed correctly, but the ciphertext was altered; applied where the notification is encrypted. */
export type NotificationSpoil = (typeof NOTIFICATION_SPOILS)[number]

export interface SignedMessage {
  headers: Record<string, string>
  body: Buffer
}

/** More than the five minutes that a receiver tolerates. */
const SKEW_SECONDS = 301

/** Signs a body. When `spoil` is given, the result is damaged in that way. */
export function signMessage(
  signer: PlatformSigner,
  body: Buffer,
  spoil: NotificationSpoil | undefined,
  options: SignOptions = {},
): SignedMessage {
  switch (spoil) {
    case 'unsigned':
      return { headers: {}, body }
    case 'stale':
      return { headers: signer.sign(body, { ...options, skewSeconds: -SKEW_SECONDS }), body }
    case 'future':
      // One second more, because the signed timestamp is rounded down.
      return { headers: signer.sign(body, { ...options, skewSeconds: SKEW_SECONDS + 1 }), body }
  }
  const headers = signer.sign(body, options)
  switch (spoil) {
    case 'tampered':
      return { headers, body: tamper(body) }
    case 'unknown-serial':
      return { headers: { ...headers, 'Wechatpay-Serial': unknownLike(headers['Wechatpay-Serial']) }, body }
    case 'signature-test': {
      const signature = `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature'] ?? ''}`
      return { headers: { ...headers, 'Wechatpay-Signature': signature }, body }
    }
  }
  return { headers, body }
}

/** @returns a serial of the same kind that WeChat never used. */
function unknownLike(serial: string | undefined): string {
  return serial?.startsWith('PUB_KEY_ID_') ? `PUB_KEY_ID_${'9'.repeat(34)}` : 'F'.repeat(40)
}

/** Changes the last digit, so that the JSON stays valid but its content differs. */
function tamper(body: Buffer): Buffer {
  const text = body.toString('utf8')
  return Buffer.from(text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)))
}
