/**
 * Why a device is no longer signed in: its owner signed out there, or from another device; a used refresh token was
 * sent again, so somebody may have copied it; the consent was taken back; nobody used the device for too long.
 */
export type DeviceEnding =
  'signed-out' | 'from-another-device' | 'token-reused' | 'consent-withdrawn' | 'expired'

/** One sign-in of one device. */
export class Device {
  id: string
  /** Make and model as the device gave them; null when it gave none. */
  name: string | null
  /** ISO 8601, UTC. */
  startedAt: string
  /** Exact to about the lifetime of an access token; ISO 8601, UTC. */
  lastUsedAt: string
  /** The device that asks. */
  isThis: boolean
  /** ISO 8601, UTC; null while it is signed in. */
  endedAt: string | null
  endedBecause: DeviceEnding | null
}

/** Devices that are signed in, the one that asks first, then those whose sign-in ended lately; at most 70. */
export class DeviceList {
  items: Device[]
}
