import type { ComponentInstance, EasyElement, EventOptions } from 'glass-easel-miniprogram-adapter'
import { rpxToVw } from '../../shared/rpx.js'
import { isComponent } from '../engine/nodes.js'
import { pageAreaTop } from '../engine/page-area.js'

type StyleInput = string | Record<string, string>

/** The style and class segment that glass-easel reserves for animations. */
const SEGMENT = 2

/** The view of a component that WXS code gets. */
export class ComponentDescriptor {
  private readonly state = {}
  private readonly addedClasses = new Set<string>()

  constructor(private readonly node: EasyElement) {}

  getState(): object {
    return this.state
  }

  getDataset(): Record<string, unknown> {
    return this.node.dataset
  }

  selectComponent(selector: string): ComponentDescriptor | null {
    const found = isComponent(this.node) ? this.node.getShadowRoot()?.querySelector(selector) : null
    return found ? describe(found) : null
  }

  selectAllComponents(selector: string): ComponentDescriptor[] {
    const found = isComponent(this.node) ? this.node.getShadowRoot()?.querySelectorAll(selector) : []
    return (found ?? []).map(describe)
  }

  setStyle(style: StyleInput): this {
    this.node.setNodeStyle(rpxToVw(toCss(style)), SEGMENT)
    return this
  }

  addClass(...names: string[]): this {
    for (const name of names) this.addedClasses.add(name)
    return this.applyClasses()
  }

  removeClass(...names: string[]): this {
    for (const name of names) this.addedClasses.delete(name)
    return this.applyClasses()
  }

  hasClass(name: string): boolean {
    return this.addedClasses.has(name) || !!this.node.classList?.contains(name)
  }

  callMethod(name: string, argument: unknown): unknown {
    const caller = isComponent(this.node) ? this.node.getMethodCaller() : undefined
    const method = caller?.[name]
    return typeof method === 'function' ? (method.call(caller, argument) as unknown) : undefined
  }

  triggerEvent(name: string, detail: unknown, options: EventOptions = {}): void {
    this.node.triggerEvent(name, detail, options)
  }

  requestAnimationFrame(callback: FrameRequestCallback): number {
    return globalThis.requestAnimationFrame(callback)
  }

  setTimeout(callback: () => void, delay: number): unknown {
    return globalThis.setTimeout(callback, delay)
  }

  clearTimeout(timer: number): void {
    globalThis.clearTimeout(timer)
  }

  getComputedStyle(names: string[]): Record<string, string> {
    if (!this.node.$$) return {}
    const style = globalThis.getComputedStyle(this.node.$$)
    return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)]))
  }

  getBoundingClientRect(): DOMRect | undefined {
    const rect = this.node.$$?.getBoundingClientRect()
    return rect && new DOMRect(rect.x, rect.y - pageAreaTop(), rect.width, rect.height)
  }

  private applyClasses(): this {
    this.node.setNodeClass([...this.addedClasses].join(' '), SEGMENT)
    return this
  }
}

const known = new WeakMap<EasyElement, ComponentDescriptor>()

/** A node always gets the same descriptor, because WXS code stores state in it. */
export function describe(nodeOrInstance: EasyElement | ComponentInstance): ComponentDescriptor {
  const node = '_$' in nodeOrInstance ? nodeOrInstance._$ : nodeOrInstance
  const descriptor = known.get(node) ?? new ComponentDescriptor(node)
  known.set(node, descriptor)
  return descriptor
}

function toCss(style: StyleInput): string {
  if (typeof style === 'string') return style
  return Object.entries(style)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:${value}`)
    .join(';')
}
