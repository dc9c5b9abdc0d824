import { PIN_HEADER } from '../../../../server/platform/pin/pin.guard.js'
import type { RouteDescription } from '../route.js'
import type { Scene } from './scene.js'

export const PIN = '428193'

/** Set once; a route of the PIN itself may have taken it away. */
async function setPin({ role, caller }: Scene): Promise<void> {
  if (role !== 'administrator') return
  const { body } = await caller.get('/me/pin').expect(200)
  if (!(body as { isSet: boolean }).isSet) await caller.put('/me/pin', { pin: PIN }).expect(200)
}

/** For routes that ask whoever manages roles for the PIN. */
export const withPin = {
  before: setPin,
  headers: { [PIN_HEADER]: () => PIN },
} satisfies Partial<RouteDescription>
