import type { KeyObject } from 'node:crypto'
import { Formatter, Rsa } from 'wechatpay-axios-plugin'

/** Allowed difference in both directions. An older message may be a replay, a newer one comes from a wrong clock. */
const CLOCK_TOLERANCE_S = 300
/** WeChat sometimes sends signatures with this prefix to test whether merchants verify. */
const PROBE = 'WECHATPAY/SIGNTEST/'

export interface SignatureHeaders {
  timestamp: string
  nonce: string
  serial: string
  signature: string
}

/** A message that claims to come from WeChat Pay but cannot be verified, or is too old. */
export class UnverifiedMessage extends Error {}

export const signatureHeaders = (headers: Record<string, unknown>): SignatureHeaders => {
  const header = (name: string): string => {
    const value = headers[`wechatpay-${name}`]
    return typeof value === 'string' ? value : ''
  }
  return {
    timestamp: header('timestamp'),
    nonce: header('nonce'),
    serial: header('serial'),
    signature: header('signature'),
  }
}

/** Whether the signature is a probe of WeChat. A probe is refused like every wrong signature but needs no alarm. */
export const isProbe = ({ signature }: Pick<SignatureHeaders, 'signature'>): boolean =>
  signature.startsWith(PROBE)

/** @throws UnverifiedMessage when the timestamp differs from `now` by more than five minutes */
export function verifyAge({ timestamp }: SignatureHeaders, now: Date): void {
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!(age <= CLOCK_TOLERANCE_S)) throw new UnverifiedMessage('timestamp outside ±5 minutes')
}

/** @throws UnverifiedMessage when the key is unknown or the signature does not match the bytes */
export function verifySignature(
  rawBody: string,
  headers: SignatureHeaders,
  key: KeyObject | undefined,
): void {
  if (!key) throw new UnverifiedMessage(`unknown key ${headers.serial.slice(0, 60)}`)
  const signed = Formatter.response(headers.timestamp, headers.nonce, rawBody)
  if (!Rsa.verify(signed, headers.signature, key)) throw new UnverifiedMessage('signature does not match')
}
