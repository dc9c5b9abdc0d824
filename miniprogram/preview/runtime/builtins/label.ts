import { sendTouch } from '../gestures/synthetic-touch.js'
import type { Control } from './control.js'
import { defineBuiltIn } from './define.js'

const LABELLED = 'wx-checkbox,wx-radio,wx-switch,wx-button,wx-input,wx-textarea'

let lastId = 0

export function defineLabel(): void {
  defineBuiltIn('label', {
    properties: { for: String },
    setup(label) {
      // The control may be drawn after its label.
      setTimeout(() => nameControl(label))
      label.onTap((event) => {
        const pressed = event.getOriginalEvent()?.target
        const target = labelled(label)
        if (!target || (pressed instanceof Element && pressed.closest(LABELLED))) return
        const field = target.querySelector<HTMLElement>(':scope > input, :scope > textarea')
        if (field) field.focus()
        else press(target)
      })
    },
  })
}

/** The control inside the label, or the control whose id the label names in the same component. */
function labelled(label: Control): HTMLElement | null {
  const id = label.text('for')
  if (!id) return label.host.querySelector<HTMLElement>(LABELLED)
  return label.instance._$.ownerShadowRoot?.getElementById(id)?.$$ ?? null
}

/** A control without an accessible name gets the text of its label. */
function nameControl(label: Control): void {
  const target = labelled(label)
  if (!target || target.hasAttribute('aria-label') || target.textContent?.trim()) return
  const field = target.querySelector(':scope > input, :scope > textarea') ?? target
  if (field.hasAttribute('aria-label')) return
  label.host.id ||= `preview-label-${++lastId}`
  field.setAttribute('aria-labelledby', label.host.id)
}

function press(target: HTMLElement): void {
  const { left, top } = target.getBoundingClientRect()
  sendTouch('touchstart', target, left, top)
  sendTouch('touchend', target, left, top)
}
