import { createDecipheriv } from 'node:crypto'
import type { ReceivedNotification } from './notification-receiver.js'

export interface OpenedNotification {
  id: string
  create_time: string
  event_type: string
  resource_type: string
  resource: {
    algorithm: string
    original_type: string
    associated_data: string
    nonce: string
    ciphertext: string
  }
}

export const parsed = ({ raw }: ReceivedNotification): OpenedNotification =>
  JSON.parse(raw.toString()) as OpenedNotification

/** @throws when the authentication tag does not fit. */
export function decrypted(notification: ReceivedNotification, apiV3Key: string): Record<string, unknown> {
  const { ciphertext, nonce, associated_data } = parsed(notification).resource
  const sealed = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce))
  decipher.setAuthTag(sealed.subarray(-16))
  decipher.setAAD(Buffer.from(associated_data))
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  return JSON.parse(plain.toString()) as Record<string, unknown>
}
