import { pageArea } from '../engine/page-area.js'
import { backend } from '../engine/backend.js'
import { eventSource } from './api.js'

const FONT_SCALE_KEY = 'preview:font-scale'
/** WeChat's standard text size in px. */
const BASE_FONT_SIZE = 16

/** Reads `?fontScale=` of this page. The browser tab stores it. */
export function takeFontScaleFromAddress(): void {
  const scale = new URLSearchParams(location.search).get('fontScale')
  if (scale) sessionStorage.setItem(FONT_SCALE_KEY, scale)
}

function fontScale(): number {
  return Number(sessionStorage.getItem(FONT_SCALE_KEY)) || 1
}

function windowInfo() {
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: pageArea.clientHeight,
    statusBarHeight: 0,
    screenTop: 0,
    safeArea: {
      left: 0,
      top: 0,
      right: innerWidth,
      bottom: innerHeight,
      width: innerWidth,
      height: innerHeight,
    },
  }
}

function appBaseInfo() {
  return {
    SDKVersion: '3.8.0',
    version: '8.0.50',
    language: 'zh_CN',
    theme: backend.getTheme(),
    enableDebug: false,
    host: { appId: '' },
    fontSizeSetting: BASE_FONT_SIZE * fontScale(),
    fontSizeScaleFactor: fontScale(),
  }
}

function deviceInfo() {
  return { brand: '', model: '浏览器预览', system: 'preview', platform: 'devtools', benchmarkLevel: -1 }
}

const systemInfo = () => ({ ...windowInfo(), ...appBaseInfo(), ...deviceInfo() })

const resize = eventSource((emit) =>
  addEventListener('resize', () => emit({ size: { windowWidth: innerWidth, windowHeight: innerHeight } })),
)

export const system = {
  getWindowInfo: windowInfo,
  getAppBaseInfo: appBaseInfo,
  getDeviceInfo: deviceInfo,
  getSystemInfoSync: systemInfo,
  getAccountInfoSync: () => ({ miniProgram: { appId: 'preview', envVersion: 'develop', version: '' } }),
  getMenuButtonBoundingClientRect: () => ({
    left: innerWidth - 97,
    right: innerWidth - 10,
    top: 6,
    bottom: 38,
    width: 87,
    height: 32,
  }),
  onWindowResize: resize.on,
  offWindowResize: resize.off,
  nextTick: (callback: () => void) => void setTimeout(callback),
  getUpdateManager: () => ({
    onCheckForUpdate: (listener: (result: object) => void) =>
      void setTimeout(() => listener({ hasUpdate: false })),
    onUpdateReady: () => undefined,
    onUpdateFailed: () => undefined,
    applyUpdate: () => location.reload(),
  }),
}
