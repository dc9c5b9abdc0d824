import type { ComponentInstance } from 'glass-easel-miniprogram-adapter'
import { templates } from 'preview:bundle'
import type { SupportedTag } from '../../shared/built-in-tags.js'
import { space } from '../engine/code-space.js'
import { ARIA_PROPERTIES, reflectAria } from './aria.js'
import { playAnimation } from './animation.js'
import { Control, remember } from './control.js'
import { followHover } from './hover.js'

type PropertyType = StringConstructor | NumberConstructor | BooleanConstructor | null
type Property = PropertyType | { type: PropertyType; value: unknown }

export interface BuiltIn {
  properties?: Record<string, Property>
  /** The element that has the accessible name; the host by default. */
  setup?: (control: Control) => HTMLElement | void
}

const COMMON: Record<string, Property> = {
  hidden: Boolean,
  hoverClass: String,
  hoverStartTime: { type: Number, value: 20 },
  hoverStayTime: { type: Number, value: 70 },
  hoverStopPropagation: Boolean,
  animation: null,
  lang: String,
  catchMove: null,
  disableScroll: Boolean,
}

/** Registers a component that every template may use without an entry in usingComponents. */
export function defineBuiltIn(tag: SupportedTag, { properties = {}, setup }: BuiltIn): void {
  const logical = `wx-builtin/${tag}`
  const all = { ...COMMON, ...ARIA_PROPERTIES, ...properties }
  const content = templates[logical]
  if (content) space.addCompiledTemplate(logical, { groupList: templates, content })
  const controls = new WeakMap<ComponentInstance, Control>()

  const registered = space
    .component(logical)
    .definition({
      properties: all,
      observers: Object.fromEntries(
        Object.keys(all).map((name) => [
          name,
          function (this: ComponentInstance) {
            controls.get(this)?.changed(name)
          },
        ]),
      ),
      lifetimes: {
        attached(this: ComponentInstance) {
          const host = this._$.$$
          if (!host) return
          const control = new Control(this, host)
          controls.set(this, control)
          remember(control)
          const named = setup?.(control) ?? host
          reflectAria(control, named)
          followHover(control)
          control.watch(['hidden'], () => host.toggleAttribute('hidden', control.flag('hidden')))
          control.watch(['animation'], () => playAnimation(control))
        },
        detached(this: ComponentInstance) {
          controls.get(this)?.detach()
          controls.delete(this)
        },
      },
    })
    .register()
  space.getComponentSpace().setGlobalUsingComponent(tag, registered._$)
}
