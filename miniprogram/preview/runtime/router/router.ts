import type { ComponentInstance } from 'glass-easel-miniprogram-adapter'
import { manifest } from 'preview:bundle'
import type { WindowConfig } from '../../shared/app-manifest.js'
import { pageArea } from '../engine/page-area.js'
import { EventChannel } from './event-channel.js'
import { NavigationBar } from './navigation-bar.js'
import { Page } from './page.js'
import { formatRoute, parseRoute, type Route } from './route.js'
import { isTab, TabBar } from './tab-bar.js'

/** WeChat allows at most ten pages in the stack. */
const MAX_PAGES = 10

/** The page stack. Errors have WeChat's text without the function name. */
class Router {
  private stack: Page[] = []
  /** Tab pages are kept while another tab is shown. */
  private readonly tabs = new Map<string, Page>()
  private readonly navigationBar = new NavigationBar(() => this.back(1))
  private readonly tabBar = new TabBar((tab, index) => {
    this.switchTab(`/${tab.pagePath}`)
    this.top().call('onTabItemTap', { pagePath: tab.pagePath, text: tab.text, index })
  })

  mount(): void {
    document.body.append(this.navigationBar.element, pageArea, this.tabBar.element)
  }

  pages(): ComponentInstance[] {
    return this.stack.map((page) => page.instance)
  }

  /** The visible page. @throws before the first page is open. */
  top(): Page {
    const page = this.stack.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  push(address: string, channel = new EventChannel()): EventChannel {
    const route = this.resolve(address)
    if (isTab(route.path)) throw new Error('can not navigateTo a tabbar page')
    if (this.stack.length >= MAX_PAGES) throw new Error('webview count limit exceed')
    this.top().hide()
    this.open(route, channel)
    return channel
  }

  replace(address: string): void {
    const route = this.resolve(address)
    if (isTab(route.path)) throw new Error('can not redirectTo a tabbar page')
    this.close()
    this.open(route)
  }

  switchTab(address: string): void {
    const { path } = this.resolve(address)
    if (!isTab(path)) throw new Error('can not switch to no-tabBar page')
    const current = this.top()
    if (current.route.path === path && this.stack.length === 1) return
    if (current.isTab) current.hide()
    while (this.stack.length) {
      const page = this.stack.pop()
      if (page && !page.isTab) page.unload()
    }
    const kept = this.tabs.get(path)
    if (kept) this.reveal(kept)
    else this.open({ path, query: {} })
  }

  relaunch(address: string): void {
    const route = this.resolve(address)
    const open = new Set([...this.stack, ...this.tabs.values()])
    this.stack = []
    this.tabs.clear()
    for (const page of open) page.unload()
    this.open(route)
  }

  back(delta: number): void {
    if (this.stack.length <= 1) throw new Error('cannot navigate back at first page.')
    for (let count = 0; count < delta && this.stack.length > 1; count++) this.close()
    this.top().show()
    this.updateBars()
  }

  /** Changes title or colours of the visible page. */
  restyle(title: string | undefined, config: WindowConfig = {}): void {
    const page = this.top()
    page.title = title ?? page.title
    Object.assign(page.config, config)
    this.updateBars()
  }

  has(path: string): boolean {
    return manifest.pages.includes(path)
  }

  private resolve(address: string): Route {
    const route = parseRoute(address, this.stack.at(-1)?.route.path)
    if (!this.has(route.path)) throw new Error(`page "${route.path}" is not found`)
    return route
  }

  private open(route: Route, channel = new EventChannel()): void {
    const page = new Page(route)
    page.instance.getOpenerEventChannel = () => channel
    this.stack.push(page)
    if (page.isTab) this.tabs.set(route.path, page)
    // The navigation bar is drawn first, because the page measures itself while it loads.
    this.updateBars()
    page.load()
    if (this.stack.at(-1) === page) page.show()
    this.updateBars()
  }

  private reveal(page: Page): void {
    this.stack = [page]
    page.show()
    this.updateBars()
  }

  private close(): void {
    const page = this.stack.pop()
    if (!page) return
    this.tabs.delete(page.route.path)
    page.unload()
  }

  private updateBars(): void {
    const page = this.top()
    this.navigationBar.update(page, this.stack.length > 1)
    this.tabBar.update(page.route.path)
    document.body.style.background = page.config.backgroundColor ?? '#fff'
    document.documentElement.style.fontSize = page.element.dataset.rootFontSize ?? ''
    const address = formatRoute(page.route)
    history.replaceState(null, '', `#${address}`)
    if (parent !== window) parent.postMessage({ type: 'preview:route', address }, location.origin)
  }
}

export const router = new Router()
