import type { DeviceList } from '../../../server/contracts/platform/device.js'
import { call } from './client'

export const listDevices = () => call<DeviceList>('GET', '/me/devices')
export const signDeviceOut = (id: string) => call<void>('DELETE', `/me/devices/${id}`)
/** Signs out all devices except this one. */
export const signOtherDevicesOut = () => call<void>('DELETE', '/me/devices')
