/** The package refers to a type file that it does not contain. These are the types used here. */
declare module 'glass-easel-miniprogram-adapter' {
  /** Opaque output of the template compiler. */
  export interface CompiledTemplate {
    readonly brand?: 'compiled-template'
  }

  export interface EventOptions {
    bubbles?: boolean
    composed?: boolean
    capturePhase?: boolean
    originalEvent?: unknown
    extraFields?: Record<string, unknown>
  }

  export interface EasyEvent {
    type: string
    detail: unknown
    currentTarget?: unknown
    getOriginalEvent(): Event | undefined
    /** 1 when a listener asked to prevent the default action. */
    getEventBubbleStatus(): number
  }

  /** The backend element of a node. */
  export type HostElement = HTMLElement & { __wxElement?: EasyElement }

  export interface ShadowRoot {
    getHostNode(): EasyComponent
    querySelector(selector: string): EasyElement | null
    querySelectorAll(selector: string): EasyElement[]
    getElementById(id: string): EasyElement | undefined
  }

  export interface EasyElement {
    readonly $$: HostElement | null
    readonly is: string
    readonly id: string
    readonly dataset: Record<string, unknown>
    readonly ownerShadowRoot: ShadowRoot | null
    readonly classList: { contains(name: string): boolean } | null
    setNodeClass(names: string, segment: number): void
    setNodeStyle(style: string, segment: number): void
    triggerEvent(name: string, detail: unknown, options?: EventOptions): void
    addListener(name: string, listener: (event: EasyEvent) => void): void
  }

  export interface EasyComponent extends EasyElement {
    readonly data: Record<string, unknown>
    getShadowRoot(): ShadowRoot | null
    getMethodCaller(): ComponentInstance
    triggerLifetime(name: string, args: unknown[]): void
    triggerPageLifetime(name: string, args: unknown[]): void
  }

  export type SelectorResult = Record<string, unknown>
  export type SelectorCallback = (result: SelectorResult) => void

  export interface NodesReference {
    fields(fields: Record<string, unknown>, done?: SelectorCallback): SelectorQuery
    boundingClientRect(done?: SelectorCallback): SelectorQuery
    scrollOffset(done?: SelectorCallback): SelectorQuery
  }

  export interface SelectorQuery {
    in(component: ComponentInstance): SelectorQuery
    select(selector: string): NodesReference
    selectViewport(): NodesReference
    exec(done?: (results: unknown[]) => void): void
  }

  /** The type of `this` inside a page or component. */
  export interface ComponentInstance {
    readonly _$: EasyComponent
    readonly data: Record<string, unknown>
    setData(patch: Record<string, unknown>, done?: () => void): void
    triggerEvent: (this: ComponentInstance, name: string, detail?: unknown, options?: EventOptions) => void
    createSelectorQuery: (this: ComponentInstance) => SelectorQuery
    createIntersectionObserver(options?: unknown): unknown
    [member: string]: unknown
  }

  /** The object given to Page(), Component() or Behavior(). */
  export interface Definition {
    options?: { styleIsolation?: string; addGlobalClass?: boolean; multipleSlots?: boolean }
    behaviors?: unknown[]
    properties?: Record<string, unknown>
    data?: Record<string, unknown>
    observers?: Record<string, (this: ComponentInstance, value: unknown) => void>
    methods?: Record<string, unknown>
    lifetimes?: Record<string, (this: ComponentInstance) => void>
    [member: string]: unknown
  }

  export interface BehaviorHandle {
    readonly _$: unknown
  }

  export interface ComponentEnv {
    Page(definition: Definition): unknown
    Component(definition: Definition): unknown
    Behavior(definition: Definition): BehaviorHandle
  }

  export interface ComponentSpace {
    updateComponentOptions(options: { writeIdToDOM?: boolean; writeFieldsToNode?: boolean }): void
    setGlobalUsingComponent(tag: string, definition: unknown): void
  }

  export interface StaticConfig {
    component?: boolean
    styleIsolation?: string
    addGlobalClass?: boolean
  }

  export interface CodeSpace {
    getComponentSpace(): ComponentSpace
    setOverallBehavior(behavior: unknown): void
    addStyleSheet(logical: string, url: string, scope: string): void
    addCompiledTemplate(logical: string, template: unknown): void
    addComponentStaticConfig(logical: string, config: object): void
    getComponentStaticConfig(logical: string): StaticConfig | undefined
    componentEnv<T>(logical: string, define: (env: ComponentEnv) => T): T
    component(logical: string): {
      definition(definition: Definition): { register(): { readonly _$: unknown } }
    }
  }

  export interface Root {
    get(): ComponentInstance
    getComponent(): EasyComponent
    attach(parent: Element, placeholder: Element): void
    release(): void
  }

  export interface AssociatedBackend {
    createRoot(tag: string, space: CodeSpace, logical: string): Root
  }

  export class BackendContext {
    document: {
      createElement(tag: string): Element
      createTextNode(text: string): Text
      createDocumentFragment(): DocumentFragment
    }
    getWindowWidth(): number
    getWindowHeight(): number
    getTheme(): string
    onEvent(listener: unknown): void
    setListenerStats(element: Element | null, type: string, capture: boolean, mutLevel: number): void
    appendStyleSheetPath(path: string, scope?: number): number
  }

  export class MiniProgramEnv {
    createCodeSpace(id: string, isMain: boolean): CodeSpace
    associateBackend(context: BackendContext): AssociatedBackend
  }

  export interface Rect {
    left: number
    top: number
    width: number
    height: number
  }

  export const glassEasel: {
    CurrentWindowBackendContext: typeof BackendContext
    Component: {
      isComponent(node: unknown): node is EasyComponent
      hasProperty: (this: void, component: EasyComponent, name: string) => boolean
    }
    Element: {
      prototype: {
        getBoundingClientRect: (this: EasyElement, done: (rect: Rect) => void) => void
      }
    }
    Event: {
      new (type: string, detail: unknown, options: EventOptions): EasyEvent
      dispatchEvent(target: EasyElement, event: EasyEvent): void
    }
    /** When it returns false, glass-easel does not report the error itself. */
    addGlobalErrorListener(listener: (error: unknown) => boolean): void
    addGlobalWarningListener(listener: (message: string) => boolean): void
  }

  /** The prototype of `this` in every page and component. */
  export const component: { ComponentCaller: { prototype: ComponentInstance } }
}
