import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import type { JsonObject } from '../http/json.js'
import { randomDigits } from '../state/random-text.js'
import type { MessagePushSettings } from '../state/sandbox-state.js'

const BLOCK = 32

export const PUSH_SPOILS = ['tampered', 'unsigned', 'other-app'] as const
export type PushSpoil = (typeof PUSH_SPOILS)[number]

export interface Envelope {
  query: Record<string, string>
  body: string
}

/** The signature of the echo and of every message: SHA-1 over the parts in alphabetical order. */
export function pushSignature(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

/** A message as WeChat posts it: plain, encrypted, or both. */
export function envelope(
  message: JsonObject,
  { token, encodingAesKey, mode }: MessagePushSettings,
  appid: string,
  at: { epochMs: number; openid: string },
  spoil?: PushSpoil,
): Envelope {
  const timestamp = String(Math.floor(at.epochMs / 1000))
  const nonce = randomDigits(10)
  const signature = pushSignature(token, timestamp, nonce)
  const query = { signature, timestamp, nonce, openid: at.openid }
  if (mode === 'plain') {
    return { query: spoil ? { ...query, signature: '0'.repeat(40) } : query, body: JSON.stringify(message) }
  }
  const owner = spoil === 'other-app' ? 'wx0000000000000000' : appid
  const encrypted = encrypt(JSON.stringify(message), encodingAesKey, owner)
  const msgSignature =
    spoil === 'unsigned' ? '0'.repeat(40) : pushSignature(token, timestamp, nonce, encrypted)
  const sent = spoil === 'tampered' ? tamper(encrypted) : encrypted
  const clear = mode === 'compatible' ? message : { ToUserName: message['ToUserName'] }
  return {
    query: { ...query, encrypt_type: 'aes', msg_signature: msgSignature },
    body: JSON.stringify({ ...clear, Encrypt: sent }),
  }
}

/** AES-256-CBC over 16 random bytes, the length, the text and the appid, padded to blocks of 32. */
function encrypt(text: string, encodingAesKey: string, appid: string): string {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64')
  const content = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const plain = Buffer.concat([randomBytes(16), length, content, Buffer.from(appid)])
  const padding = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)])
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

function tamper(base64: string): string {
  const first = base64.startsWith('A') ? 'B' : 'A'
  return first + base64.slice(1)
}
