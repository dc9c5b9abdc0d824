import { SUPPORTED_TAGS } from '../../shared/built-in-tags.js'
import { refuse } from '../engine/failures.js'
import { account } from './account.js'
import { createAnimation } from './animation.js'
import { appEvents } from './app-events.js'
import { createInnerAudioContext } from './audio.js'
import { device } from './device.js'
import { feedback } from './feedback.js'
import { files } from './files.js'
import { navigation } from './navigation.js'
import { network } from './network.js'
import { queries } from './queries.js'
import { request } from './request.js'
import { storage } from './storage.js'
import { system } from './system.js'

const available: Record<string, unknown> = {
  ...account,
  ...appEvents,
  ...device,
  ...feedback,
  ...files,
  ...navigation,
  ...network,
  ...queries,
  ...storage,
  ...system,
  request,
  createAnimation,
  createInnerAudioContext,
  canIUse,
}

/** Whether the preview has a function ("showToast", "getAppBaseInfo.return.theme") or a component ("button"). */
function canIUse(schema: string): boolean {
  const name = schema.split('.')[0] ?? ''
  return name in available || (SUPPORTED_TAGS as readonly string[]).includes(name)
}

/** The global `wx`. Calling a function that the preview lacks throws at once. */
export const wx: object = new Proxy(available, {
  get(target, name) {
    if (typeof name !== 'string' || name in target) return Reflect.get(target, name) as unknown
    return () => refuse(`wx.${name}`)
  },
})
