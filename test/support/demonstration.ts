import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { buildPreview } from '../../miniprogram/preview/build/build.js'
import { previewHost } from '../../server/demonstration/preview-host.js'
import { WechatControl } from '../../server/demonstration/wechat-control.js'
import { seedDemonstrationCounty } from '../../server/seeds/demonstration-county.js'
import { demonstrationPeople, type DEMONSTRATION_PEOPLE } from '../../server/seeds/demonstration-people.js'
import { newPhone, openBrowser, tapCounter, type PhoneOptions, type TapCounter } from './browser.js'
import { World } from './world.js'

export type DemonstrationPersonId = keyof typeof DEMONSTRATION_PEOPLE

/** A phone with somebody signed in. */
export interface Phone {
  page: Page
  hand: TapCounter
  /** Visible elements with this text. */
  text(text: string | RegExp): Locator
  button(name: string | RegExp): Locator
  /** The visible field with this label; the only one on the page in most cases. */
  field(label: string): Locator
  /** Errors the page did not catch. */
  errors: string[]
  close(): Promise<void>
}

/** The demonstration county with everything running, and a browser to look at it with. */
export class Demonstration {
  private constructor(
    readonly world: World,
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async open(): Promise<Demonstration> {
    const folder = mkdtempSync(path.join(tmpdir(), 'zhibu-preview-'))
    await buildPreview({ sourceRoot: 'miniprogram/src', outDir: folder })
    const world = await World.open(undefined, {
      background: true,
      accessSeconds: 900,
      extension: (wechat) => previewHost(new WechatControl(wechat.baseUrl), folder),
    })
    for (const { openid, phone } of demonstrationPeople) await world.person(openid, phone)
    await seedDemonstrationCounty(world.app, world.wechat.credentials().mchid)
    return new Demonstration(world, await openBrowser(), folder)
  }

  async close(): Promise<void> {
    await this.browser.close()
    await this.world.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Opens the mini-program as a new user and agrees to the privacy statement. */
  async phoneOf(person: DemonstrationPersonId, options: PhoneOptions = {}): Promise<Phone> {
    const page = await newPhone(this.browser, { baseURL: this.world.baseUrl, ...options })
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`/app.html?person=${person}`)
    const phone: Phone = {
      page,
      hand: tapCounter(page),
      errors,
      text: (text) => page.getByText(text).filter({ visible: true }).first(),
      button: (name) => page.getByRole('button', { name }).filter({ visible: true }).first(),
      field: (label) => page.getByLabel(label).or(page.locator('input')).filter({ visible: true }).first(),
      close: () => page.context().close(),
    }
    await phone.button('同意并继续').tap()
    return phone
  }
}
