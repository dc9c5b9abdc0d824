import type { ComponentInstance, EasyElement } from 'glass-easel-miniprogram-adapter'
import { pageArea } from './page-area.js'

interface Margins {
  left?: number
  top?: number
  right?: number
  bottom?: number
}

interface ObserverOptions {
  thresholds?: number[]
  observeAll?: boolean
}

type Listener = (entry: Record<string, unknown>) => void

/**
 * Replaces the adapter's observer. The entries of that one lack id and dataset, and its reference can only be an
 * ancestor.
 */
export class PageIntersectionObserver {
  private readonly observers: IntersectionObserver[] = []
  private reference: Element | null = null
  private margins: Margins = {}

  constructor(
    private readonly component: ComponentInstance,
    private readonly options: ObserverOptions = {},
  ) {}

  relativeTo(selector: string, margins: Margins = {}): this {
    this.reference = this.component._$.getShadowRoot()?.querySelector(selector)?.$$ ?? null
    this.margins = margins
    return this
  }

  relativeToViewport(margins: Margins = {}): this {
    this.reference = null
    this.margins = margins
    return this
  }

  observe(selector: string, listener: Listener): void {
    const shadowRoot = this.component._$.getShadowRoot()
    if (!shadowRoot) return
    const first = shadowRoot.querySelector(selector)
    const nodes = this.options.observeAll ? shadowRoot.querySelectorAll(selector) : first ? [first] : []
    for (const node of nodes) this.observeNode(node, listener)
  }

  disconnect(): void {
    for (const observer of this.observers) observer.disconnect()
  }

  private observeNode(node: EasyElement, listener: Listener): void {
    if (!node.$$) return
    const { top = 0, right = 0, bottom = 0, left = 0 } = this.margins
    const root = this.reference?.contains(node.$$) ? this.reference : pageArea
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          listener({
            id: node.id,
            dataset: node.dataset,
            intersectionRatio: entry.intersectionRatio,
            boundingClientRect: entry.boundingClientRect,
            intersectionRect: entry.intersectionRect,
            relativeRect: entry.rootBounds,
            time: entry.time,
          })
        }
      },
      {
        root,
        rootMargin: `${top}px ${right}px ${bottom}px ${left}px`,
        threshold: this.options.thresholds ?? [0],
      },
    )
    observer.observe(node.$$)
    this.observers.push(observer)
  }
}
