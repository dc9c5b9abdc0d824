import { rpxToVw } from '../../shared/rpx.js'
import { type Control } from './control.js'
import { element } from '../engine/element.js'
import { defineBuiltIn, type BuiltIn } from './define.js'

const PROPERTIES: BuiltIn['properties'] = {
  value: null,
  type: { type: String, value: 'text' },
  password: Boolean,
  placeholder: String,
  placeholderStyle: String,
  placeholderClass: String,
  disabled: Boolean,
  maxlength: { type: null, value: 140 },
  focus: Boolean,
  autoFocus: Boolean,
  autoHeight: Boolean,
  confirmType: { type: String, value: 'done' },
  confirmHold: Boolean,
  cursor: Number,
  name: String,
  // Templates may set these. They have no effect here, because the keyboard is not WeChat's.
  cursorSpacing: Number,
  selectionStart: Number,
  selectionEnd: Number,
  adjustPosition: Boolean,
  holdKeyboard: Boolean,
  alwaysEmbed: Boolean,
  showConfirmBar: Boolean,
  fixed: Boolean,
  disableDefaultPadding: Boolean,
}

const INPUT_MODES: Record<string, string> = { number: 'numeric', digit: 'decimal', idcard: 'text' }
const ENTER_KEYS: Record<string, string> = {
  send: 'send',
  search: 'search',
  next: 'next',
  go: 'go',
  done: 'done',
}

export function defineTextFields(): void {
  defineBuiltIn('input', { properties: PROPERTIES, setup: (control) => setUp(control, element('input')) })
  defineBuiltIn('textarea', {
    properties: PROPERTIES,
    setup: (control) => setUp(control, element('textarea')),
  })
}

function setUp(control: Control, native: HTMLInputElement | HTMLTextAreaElement): HTMLElement {
  let isTyping = false
  control.host.append(native)
  const grow = (): void => {
    if (native instanceof HTMLInputElement || !control.flag('autoHeight')) return
    native.style.height = 'auto'
    native.style.height = `${native.scrollHeight}px`
  }

  control.watch(['type', 'password'], () => {
    if (native instanceof HTMLInputElement) native.type = control.flag('password') ? 'password' : 'text'
    native.inputMode = INPUT_MODES[control.text('type')] ?? 'text'
  })
  control.watch(['placeholder', 'placeholderStyle', 'disabled', 'maxlength', 'confirmType', 'name'], () => {
    native.placeholder = control.text('placeholder')
    native.disabled = control.flag('disabled')
    native.name = control.text('name')
    native.enterKeyHint = ENTER_KEYS[control.text('confirmType')] ?? 'done'
    const limit = control.number('maxlength', -1)
    if (limit >= 0) native.maxLength = limit
    else native.removeAttribute('maxlength')
    const color = /(?:^|;)\s*color:\s*([^;]+)/.exec(rpxToVw(control.text('placeholderStyle')))?.[1]
    if (color) native.style.setProperty('--placeholder', color)
  })
  control.watch(['value'], () => {
    if (isTyping || native.value === control.text('value')) return
    native.value = control.text('value')
    grow()
  })
  control.watch(['focus', 'autoFocus'], () => {
    if (control.flag('focus') || control.flag('autoFocus')) setTimeout(() => native.focus())
    else if (document.activeElement === native) native.blur()
  })
  setTimeout(grow)

  native.addEventListener('input', () => {
    isTyping = true
    control.set({ value: native.value })
    isTyping = false
    control.emit('input', { value: native.value, cursor: native.selectionStart ?? native.value.length })
    grow()
  })
  native.addEventListener('focus', () => control.emit('focus', { value: native.value, height: 0 }))
  native.addEventListener('blur', () => {
    control.emit('blur', { value: native.value, cursor: native.selectionStart ?? 0 })
  })
  native.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return
    if (native instanceof HTMLTextAreaElement) return
    control.emit('confirm', { value: native.value })
    if (!control.flag('confirmHold')) native.blur()
  })
  control.field = { read: () => native.value, reset: () => control.set({ value: '' }) }
  return native
}
