import {
  glassEasel,
  type ComponentInstance,
  type EasyComponent,
  type EasyElement,
  type Root,
} from 'glass-easel-miniprogram-adapter'
import { manifest } from 'preview:bundle'
import type { ComponentConfig } from '../../shared/app-manifest.js'
import { drawing, space } from '../engine/code-space.js'
import { element } from '../engine/element.js'
import { pageArea } from '../engine/page-area.js'
import { showPageStyle } from '../engine/styles.js'
import { drawCustomTabBar, isTab } from './tab-bar.js'
import { watchPullDown } from './pull-down.js'
import type { Route } from './route.js'

const DEFAULT_BOTTOM_DISTANCE = 50

let lastId = 0

/** A page in the stack: its component, its elements, and the lifecycle calls of WeChat. */
export class Page {
  readonly id = `page-${++lastId}`
  readonly config: ComponentConfig
  readonly isTab: boolean
  readonly element = element('div', 'preview-page')
  readonly scroller = element('div', 'preview-scroller')
  readonly instance: ComponentInstance
  /** The app's own tab bar on this page. */
  tabBar: Root | null = null
  title: string
  private readonly root: Root
  private readonly component: EasyComponent
  private isReady = false

  constructor(readonly route: Route) {
    const { path, query } = route
    this.config = { ...manifest.app.window, ...manifest.components[path] }
    this.title = this.config.navigationBarTitleText ?? ''
    this.isTab = isTab(path)
    this.element.dataset.route = path
    this.scroller.tabIndex = 0
    this.element.append(this.scroller)
    pageArea.append(this.element)
    showPageStyle(path)

    this.root = drawing.createRoot('wx-page', space, path)
    this.instance = this.root.get()
    this.component = this.root.getComponent()
    Object.assign(this.instance, { route: path, __route__: path, options: query })
    pages.set(this.component, this)
  }

  /** Draws the page and calls onLoad. getCurrentPages() must already contain it. */
  load(): void {
    if (this.isTab && manifest.hasCustomTabBar) this.tabBar = drawCustomTabBar(this.element)
    this.setProperties()
    const placeholder = element('span')
    this.scroller.append(placeholder)
    this.root.attach(this.scroller, placeholder)
    this.call('onLoad', this.route.query)
    this.watchScrolling()
    if (this.config.enablePullDownRefresh) watchPullDown(this.scroller, () => this.pullDown())
  }

  show(): void {
    this.element.hidden = false
    showPageStyle(this.route.path)
    this.call('onShow')
    this.triggerLifetime('show')
    if (this.isReady) return
    this.isReady = true
    setTimeout(() => this.call('onReady'))
  }

  hide(): void {
    this.element.hidden = true
    this.call('onHide')
    this.triggerLifetime('hide')
  }

  unload(): void {
    this.call('onUnload')
    this.root.release()
    this.tabBar?.release()
    this.element.remove()
  }

  pullDown(): void {
    this.element.classList.add('is-refreshing')
    this.call('onPullDownRefresh')
  }

  stopPullDown(): void {
    this.element.classList.remove('is-refreshing')
  }

  /** Calls a page method if the page has it. */
  call(name: string, ...values: unknown[]): unknown {
    const method = this.instance[name]
    return typeof method === 'function' ? (method.apply(this.instance, values) as unknown) : undefined
  }

  private triggerLifetime(name: string): void {
    this.component.triggerPageLifetime(name, [])
    this.tabBar?.getComponent().triggerPageLifetime(name, [])
  }

  /** A page written as a component gets the query as properties. */
  private setProperties(): void {
    const { hasProperty } = glassEasel.Component
    const known = Object.entries(this.route.query).filter(([name]) => hasProperty(this.component, name))
    if (known.length) this.instance.setData(Object.fromEntries(known))
  }

  private watchScrolling(): void {
    const { scroller } = this
    let wasAtBottom = false
    scroller.addEventListener('scroll', () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller
      this.call('onPageScroll', { scrollTop })
      const distance = this.config.onReachBottomDistance ?? DEFAULT_BOTTOM_DISTANCE
      const isAtBottom = scrollHeight - clientHeight - scrollTop <= distance
      if (isAtBottom && !wasAtBottom) this.call('onReachBottom')
      wasAtBottom = isAtBottom
    })
  }
}

const pages = new WeakMap<EasyElement, Page>()

/** The page of a root component. */
export function pageOf(root: EasyElement): Page | undefined {
  return pages.get(root)
}
