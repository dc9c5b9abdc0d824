import type { Device } from '../../contracts/platform/device.js'
import type { SessionRecord } from './session.entity.js'
import { endingOf } from './session.rules.js'

/** A session as its owner sees it. */
export function presentDevice(
  session: SessionRecord,
  { isThis, now }: { isThis: boolean; now: Date },
): Device {
  const ending = endingOf(session, now)
  return {
    id: session.id,
    name: session.deviceName,
    startedAt: session.startedAt.toISOString(),
    lastUsedAt: (session.lastUsedAt ?? session.startedAt).toISOString(),
    isThis,
    endedAt: ending?.at.toISOString() ?? null,
    endedBecause: ending?.because ?? null,
  }
}
