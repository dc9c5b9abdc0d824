import { element } from '../engine/element.js'
import { defineBuiltIn } from './define.js'

export function defineSlider(): void {
  defineBuiltIn('slider', {
    properties: {
      min: Number,
      max: { type: Number, value: 100 },
      step: { type: Number, value: 1 },
      value: Number,
      disabled: Boolean,
      showValue: Boolean,
      activeColor: String,
      backgroundColor: String,
      blockColor: String,
      blockSize: Number,
      name: String,
    },
    setup(control) {
      const range = element('input')
      const shown = element('span', 'preview-slider-value')
      range.type = 'range'
      control.host.append(range, shown)
      control.watch(['min', 'max', 'step', 'value', 'disabled', 'showValue', 'activeColor'], () => {
        range.min = control.text('min')
        range.max = control.text('max')
        range.step = control.text('step')
        range.value = control.text('value')
        range.disabled = control.flag('disabled')
        range.style.accentColor = control.text('activeColor')
        shown.textContent = control.flag('showValue') ? control.text('value') : ''
      })
      range.addEventListener('input', () => {
        control.set({ value: Number(range.value) })
        control.emit('changing', { value: Number(range.value) })
      })
      range.addEventListener('change', () => control.emit('change', { value: Number(range.value) }))
      control.field = {
        read: () => Number(range.value),
        reset: () => control.set({ value: control.number('min') }),
      }
      return range
    },
  })
}
