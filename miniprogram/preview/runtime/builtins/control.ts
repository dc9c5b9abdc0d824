import type { ComponentInstance, EasyEvent, HostElement } from 'glass-easel-miniprogram-adapter'
import { textOf } from '../engine/text-of.js'

type Watcher = () => void

/** How a form reads and resets a control. */
export interface FormField {
  read(): unknown
  reset(): void
}

/** One built-in component on the page: its element, its properties and its events. */
export class Control {
  /** Set by controls that belong to forms. */
  field?: FormField
  private readonly watchers: { names: ReadonlySet<string>; run: Watcher }[] = []
  private readonly cleanups: (() => void)[] = []

  constructor(
    readonly instance: ComponentInstance,
    readonly host: HostElement,
  ) {}

  value(name: string): unknown {
    return this.instance.data[name]
  }

  text(name: string): string {
    return textOf(this.value(name))
  }

  flag(name: string): boolean {
    const value = this.value(name)
    return value !== 'false' && !!value
  }

  number(name: string, otherwise = 0): number {
    const value = parseFloat(this.text(name))
    return Number.isFinite(value) ? value : otherwise
  }

  set(values: Record<string, unknown>): void {
    this.instance.setData(values)
  }

  emit(event: string, detail: unknown = {}): void {
    this.instance.triggerEvent(event, detail, {})
  }

  onTap(listener: (event: EasyEvent) => void): void {
    this.instance._$.addListener('tap', listener)
  }

  /** Runs now and whenever one of the properties is set. */
  watch(names: string[], run: Watcher): void {
    this.watchers.push({ names: new Set(names), run })
    run()
  }

  /** Runs when the component leaves the page. */
  onDetach(cleanup: () => void): void {
    this.cleanups.push(cleanup)
  }

  changed(name: string): void {
    for (const watcher of this.watchers) if (watcher.names.has(name)) watcher.run()
  }

  detach(): void {
    for (const cleanup of this.cleanups) cleanup()
    controls.delete(this.host)
  }
}

const controls = new WeakMap<Element, Control>()

/** The control of an element, if the element is a built-in component. */
export function controlAt(element: Element | null | undefined): Control | undefined {
  return element ? controls.get(element) : undefined
}

export function remember(control: Control): void {
  controls.set(control.host, control)
}

/** Controls of one kind inside an element, in document order. */
export function controlsIn(element: Element, tag: string): Control[] {
  return Array.from(element.querySelectorAll(`wx-${tag}`), controlAt).filter(
    (control) => control !== undefined,
  )
}
