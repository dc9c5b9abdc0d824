import { elementById } from '../engine/nodes.js'
import { textOf } from '../engine/text-of.js'
import type { Control } from './control.js'

const STATES = [
  'label',
  'hidden',
  'checked',
  'disabled',
  'expanded',
  'selected',
  'required',
  'invalid',
  'readonly',
  'modal',
  'live',
  'atomic',
  'busy',
  'current',
  'haspopup',
  'level',
  'orientation',
  'pressed',
  'multiselectable',
  'valuemin',
  'valuemax',
  'valuenow',
  'valuetext',
]
const REFERENCES = ['labelledby', 'describedby', 'controls']
/** Roles a keyboard must be able to reach. */
const INTERACTIVE = new Set(['button', 'link', 'switch', 'checkbox', 'radio', 'tab', 'menuitem', 'option'])

const property = (name: string): string => `aria${name.charAt(0).toUpperCase()}${name.slice(1)}`

export const ARIA_PROPERTIES: Record<string, null> = Object.fromEntries(
  ['role', ...STATES, ...REFERENCES].map((name) => [property(name), null]),
)
// `role` is WeChat's newer spelling of `aria-role`.
ARIA_PROPERTIES.role = null
ARIA_PROPERTIES.tabindex = null

/** Copies aria attributes of the template to the element that assistive technology reads. */
export function reflectAria(control: Control, named: HTMLElement): void {
  for (const state of STATES) {
    control.watch([property(state)], () => reflect(named, `aria-${state}`, control.value(property(state))))
  }
  for (const reference of REFERENCES) {
    control.watch([property(reference)], () => {
      // The element referred to may be drawn after this one.
      setTimeout(() => reflect(named, `aria-${reference}`, domIds(control.text(property(reference)))))
    })
  }
  control.watch(['ariaRole', 'role'], () => {
    const role = control.text('ariaRole') || control.text('role')
    if (!role) return
    named.setAttribute('role', role)
    if (INTERACTIVE.has(role) && !control.text('tabindex')) named.tabIndex = 0
  })
  control.watch(['tabindex'], () => reflect(named, 'tabindex', control.value('tabindex')))
}

function reflect(target: HTMLElement, attribute: string, value: unknown): void {
  const text = textOf(value)
  if (text) target.setAttribute(attribute, text)
}

function domIds(ids: string): string {
  return ids
    .split(/\s+/)
    .map((id) => (id ? (elementById(document, id)?.id ?? '') : ''))
    .join(' ')
    .trim()
}
