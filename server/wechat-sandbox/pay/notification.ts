import { foreignJson } from '../http/foreign-json.js'
import type { JsonObject } from '../http/json.js'
import { beijingTime } from '../state/clock.js'
import { seal, type SealOptions } from './aead.js'

/** The content of a notification before encryption. */
export interface NotificationContent {
  id: string
  /** Epoch milliseconds. */
  createdAt: number
  eventType: string
  summary: string
  originalType: string
  resource: JsonObject
}

/** @returns the body of a notification. Its resource is encrypted with the merchant's APIv3 key. */
export function notificationBody(
  content: NotificationContent,
  apiV3Key: string,
  options: SealOptions = {},
): Buffer {
  const { id, createdAt, eventType, summary, originalType, resource } = content
  const text = foreignJson({
    id,
    create_time: beijingTime(createdAt),
    resource_type: 'encrypt-resource',
    event_type: eventType,
    summary,
    resource: {
      original_type: originalType,
      ...seal(foreignJson(resource), apiV3Key, originalType, options),
    },
  })
  return Buffer.from(text)
}
