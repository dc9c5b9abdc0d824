import { chromium, type Browser, type Page } from 'playwright-core'
import { browserProgram } from './browser-program.js'

export { seriousViolations } from './browser-accessibility.js'
export { screenshotOnFailure } from './browser-screenshot.js'
export { smallestText } from './browser-text.js'
export { tapCounter, type TapCounter } from './browser-taps.js'

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface PhoneOptions {
  /** Viewport in CSS px. */
  width?: number
  height?: number
  /** Animations are off by default: tests then wait for states and not for movements. */
  reducedMotion?: 'reduce' | 'no-preference'
  /** Origin that relative addresses belong to. */
  baseURL?: string
}

/** How long an action waits for its target, in ms. */
const PATIENCE = 10_000

/** Starts a browser with a profile of its own, which is removed when the browser closes. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, extraArguments } = await browserProgram()
  return chromium.launch({
    executablePath,
    args: [...new Set([...ARGUMENTS, ...extraArguments])],
    // Without it a Chinese file name cannot be offered for saving, and every download is called "download".
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
}

/** A touch phone with storage of its own. Closing the page's context deletes the storage. */
export async function newPhone(browser: Browser, options: PhoneOptions = {}): Promise<Page> {
  const { width = 360, height = 780, reducedMotion = 'reduce', baseURL } = options
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    isMobile: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion,
    baseURL,
  })
  context.setDefaultTimeout(PATIENCE)
  return context.newPage()
}
