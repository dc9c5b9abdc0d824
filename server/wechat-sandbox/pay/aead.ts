import { createCipheriv } from 'node:crypto'
import { randomHex } from '../state/random-text.js'

/** `corrupted` flips one bit of the authentication tag. */
export interface SealOptions {
  corrupted?: boolean
}

/** A text encrypted with a merchant's APIv3 key, in the form of notifications and certificate lists. */
export interface Sealed {
  algorithm: 'AEAD_AES_256_GCM'
  /** Base64; the last sixteen bytes are the authentication tag. */
  ciphertext: string
  associated_data: string
  nonce: string
}

export function seal(
  text: string,
  apiV3Key: string,
  associatedData: string,
  { corrupted = false }: SealOptions = {},
): Sealed {
  // WeChat sends twelve ASCII characters. Their bytes are the nonce; they are not decoded from hex.
  const nonce = randomHex(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  if (corrupted) sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1)
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: associatedData,
    nonce,
  }
}
