import { controlAt, controlsIn, type Control } from './control.js'
import { defineBuiltIn } from './define.js'

type Choice = 'checkbox' | 'radio'

export function defineChoices(): void {
  defineSwitch()
  for (const kind of ['checkbox', 'radio'] as const) {
    defineChoice(kind)
    defineChoiceGroup(kind)
  }
}

function defineSwitch(): void {
  defineBuiltIn('switch', {
    properties: { checked: Boolean, disabled: Boolean, type: String, color: String, name: String },
    setup(control) {
      showChecked(control, 'switch')
      control.watch(['checked', 'color'], () => {
        control.host.style.background = control.flag('checked') ? control.text('color') : ''
      })
      control.onTap(() => {
        if (control.flag('disabled')) return
        control.set({ checked: !control.flag('checked') })
        control.emit('change', { value: control.flag('checked') })
      })
      control.field = {
        read: () => control.flag('checked'),
        reset: () => control.set({ checked: false }),
      }
    },
  })
}

function defineChoice(kind: Choice): void {
  defineBuiltIn(kind, {
    properties: { value: String, checked: Boolean, disabled: Boolean, color: String },
    setup(control) {
      showChecked(control, kind)
      control.watch(['color'], () => {
        if (control.text('color')) control.host.style.setProperty('--choice', control.text('color'))
      })
      control.onTap(() => {
        if (control.flag('disabled') || (kind === 'radio' && control.flag('checked'))) return
        const group = controlAt(control.host.closest(`wx-${kind}-group`))
        if (kind === 'radio' && group) {
          for (const other of controlsIn(group.host, kind))
            if (other !== control) other.set({ checked: false })
        }
        control.set({ checked: kind === 'radio' || !control.flag('checked') })
        group?.emit('change', { value: group.field?.read() })
      })
    },
  })
}

function defineChoiceGroup(kind: Choice): void {
  defineBuiltIn(`${kind}-group`, {
    properties: { name: String },
    setup(control) {
      control.host.setAttribute('role', kind === 'radio' ? 'radiogroup' : 'group')
      const checked = (): string[] =>
        controlsIn(control.host, kind)
          .filter((choice) => choice.flag('checked'))
          .map((choice) => choice.text('value'))
      control.field = {
        read: () => (kind === 'radio' ? (checked()[0] ?? '') : checked()),
        reset: () => {
          for (const choice of controlsIn(control.host, kind)) choice.set({ checked: false })
        },
      }
    },
  })
}

function showChecked(control: Control, role: string): void {
  const { host } = control
  host.setAttribute('role', role)
  control.watch(['checked'], () => {
    host.toggleAttribute('checked', control.flag('checked'))
    host.setAttribute('aria-checked', String(control.flag('checked')))
  })
  control.watch(['disabled'], () => {
    host.toggleAttribute('disabled', control.flag('disabled'))
    host.setAttribute('aria-disabled', String(control.flag('disabled')))
    host.tabIndex = control.flag('disabled') ? -1 : 0
  })
}
