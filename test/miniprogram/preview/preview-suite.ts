import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Locator, Page } from 'playwright-core'
import { buildPreview } from '../../../miniprogram/preview/build/build.js'
import type { AppConfig } from '../../../miniprogram/preview/shared/app-manifest.js'
import { newPhone, openBrowser, screenshotOnFailure, type PhoneOptions } from '../../support/browser.js'
import { startPreviewHost, type PreviewHost } from './preview-host.js'

const REPORTED_WITHIN_MS = 5_000
const ASK_EVERY_MS = 20

export interface PreviewSuite {
  /** The phone of the test that runs; opened by `open`. */
  readonly phone: Page
  readonly host: PreviewHost
  /** Errors the phone's page did not catch, in order. */
  readonly errors: string[]
  /** Opens the fixture app on a new phone at a route. */
  open: (route?: string, options?: PhoneOptions & { person?: string; query?: string }) => Promise<Page>
  /** Waits until the phone's page has reported an error with this text: it shows the alert a moment earlier. */
  errorCame: (message: string) => Promise<void>
  /** A test with a phone; keeps a picture when it fails and fails when an error stayed uncaught. */
  story: (name: string, test: () => Promise<void>) => void
  /** Visible elements only: hidden pages of the stack stay in the document. */
  visible: (selector: string) => Locator
  byId: (id: string) => Locator
  swipe: (from: [number, number], to: [number, number]) => Promise<void>
}

/**
 * Builds the fixture app once for a spec file and gives each test a phone.
 * @param changeApp changes app.json before the build.
 */
export function previewSuite(changeApp: (app: AppConfig) => void = () => undefined): PreviewSuite {
  const folder = mkdtempSync(path.join(tmpdir(), 'preview-'))
  const sourceRoot = path.join(folder, 'src')
  const outDir = path.join(folder, 'out')
  let browser: Browser
  let host: PreviewHost
  let phone: Page | undefined
  let errors: string[] = []

  beforeAll(async () => {
    cpSync('test/fixtures/preview-app', sourceRoot, { recursive: true })
    const appFile = path.join(sourceRoot, 'app.json')
    const app = JSON.parse(readFileSync(appFile, 'utf8')) as AppConfig
    changeApp(app)
    writeFileSync(appFile, JSON.stringify(app))
    await buildPreview({ sourceRoot, outDir })
    host = await startPreviewHost(outDir)
    browser = await openBrowser()
  }, 60_000)

  afterEach(async () => {
    await phone?.context().close()
    phone = undefined
  })

  afterAll(async () => {
    await browser?.close()
    await host?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const current = (): Page => {
    if (!phone) throw new Error('open a phone first')
    return phone
  }

  const suite: PreviewSuite = {
    get phone() {
      return current()
    },
    get host() {
      return host
    },
    get errors() {
      return errors
    },
    async open(route = '', { person = 'ann', query = '', ...options } = {}) {
      errors = []
      phone = await newPhone(browser, { baseURL: host.origin, ...options })
      phone.on('pageerror', (error) => errors.push(error.message))
      await phone.goto(`/app.html?person=${person}${query}${route ? `#${route}` : ''}`)
      await phone.locator('.preview-page').first().waitFor()
      return phone
    },
    async errorCame(message) {
      const deadline = Date.now() + REPORTED_WITHIN_MS
      while (!errors.includes(message) && Date.now() < deadline) await pause(ASK_EVERY_MS)
      expect(errors).toContain(message)
    },
    story(name, test) {
      it(
        name,
        screenshotOnFailure(
          () => phone,
          async () => {
            await test()
            expect(errors).toEqual([])
          },
        ),
      )
    },
    visible: (selector) => current().locator(`.preview-page:not([hidden]) ${selector}`),
    byId: (id) => current().locator(`.preview-page:not([hidden]) [id$="--${id}"]`),
    async swipe([fromX, fromY], [toX, toY]) {
      const session = await current().context().newCDPSession(current())
      const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints })
      await send('touchStart', [{ x: fromX, y: fromY }])
      for (let step = 1; step <= 8; step++) {
        await send('touchMove', [
          { x: fromX + ((toX - fromX) * step) / 8, y: fromY + ((toY - fromY) * step) / 8 },
        ])
      }
      await send('touchEnd', [])
      await session.detach()
    },
  }
  return suite
}

/** Waits until an element says this. */
export async function expectText(locator: Locator, text: string | RegExp): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor()
}

/** Waits until there are so many: a list may be drawn a moment after what stands beside it. */
export async function expectCount(locator: Locator, count: number): Promise<void> {
  const deadline = Date.now() + REPORTED_WITHIN_MS
  while ((await locator.count()) !== count && Date.now() < deadline) await pause(ASK_EVERY_MS)
  expect(await locator.count()).toBe(count)
}
