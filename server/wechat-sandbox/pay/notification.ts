import { createCipheriv } from 'node:crypto'
import { foreignJson, type JsonObject } from '../http/json.js'
import { beijingTime } from '../state/clock.js'
import { randomHex } from '../state/random-text.js'

/** What a notification tells, before encryption. */
export interface NotificationContent {
  id: string
  /** Epoch milliseconds. */
  createdAt: number
  eventType: string
  summary: string
  originalType: string
  resource: JsonObject
}

/** `corrupted` flips one bit of the authentication tag. */
export interface EncryptionOptions {
  corrupted?: boolean
}

/** @returns the body of a notification, its resource encrypted with the merchant's APIv3 key. */
export function notificationBody(
  content: NotificationContent,
  apiV3Key: string,
  options: EncryptionOptions = {},
): Buffer {
  const { id, createdAt, eventType, summary, originalType, resource } = content
  const text = foreignJson({
    id,
    create_time: beijingTime(createdAt),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary,
    resource: { original_type: originalType, ...encrypt(resource, apiV3Key, originalType, options) },
  })
  return Buffer.from(text)
}

function encrypt(
  resource: JsonObject,
  apiV3Key: string,
  associatedData: string,
  { corrupted = false }: EncryptionOptions,
): JsonObject {
  // Twelve ASCII characters, as WeChat sends: the text itself is the nonce, it is not an encoding of one.
  const nonce = randomHex(12)
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
  cipher.setAAD(Buffer.from(associatedData))
  const sealed = Buffer.concat([
    cipher.update(foreignJson(resource), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  if (corrupted) sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1)
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: associatedData,
    nonce,
  }
}
