import type { DeviceEnding } from '../../../server/contracts/platform/device.js'
import type { StateLabel } from './tone'

export const THIS_DEVICE: StateLabel = { word: '正在用的这台', tone: 'success', icon: 'passed' }

/** Why a device was signed out. `hint` tells the person what to check. */
export const DEVICE_ENDINGS: Record<DeviceEnding, { word: string; hint?: string }> = {
  'signed-out': { word: '在那台设备上退出' },
  'from-another-device': { word: '从别的设备上让它退出' },
  'token-reused': {
    word: '登录凭证重复使用，已自动退出',
    hint: '多半是网络中断造成的；也可能有人复制了那台设备上的登录信息。不放心时，请退出其他设备，并修改微信密码。',
  },
  'consent-withdrawn': { word: '撤回同意时退出' },
  expired: { word: '太久没有用，自动退出' },
}

/** Shown for a device without a name. */
export const NAMELESS_DEVICE = '没有名称的设备'
