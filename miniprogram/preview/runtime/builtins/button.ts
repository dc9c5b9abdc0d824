import { refuse } from '../engine/failures.js'
import { requestPhoneCode } from '../host/host-client.js'
import { controlAt, type Control } from './control.js'
import { defineBuiltIn } from './define.js'
import { resetForm, submitForm } from './form.js'

export function defineButton(): void {
  defineBuiltIn('button', {
    properties: {
      type: { type: String, value: 'default' },
      size: { type: String, value: 'default' },
      plain: Boolean,
      disabled: Boolean,
      loading: Boolean,
      formType: String,
      openType: String,
      name: String,
      hoverClass: { type: String, value: 'button-hover' },
    },
    setup(control) {
      const { host } = control
      host.setAttribute('role', 'button')
      for (const name of ['type', 'size'])
        control.watch([name], () => host.setAttribute(name, control.text(name)))
      for (const name of ['plain', 'loading']) {
        control.watch([name], () => host.toggleAttribute(name, control.flag(name)))
      }
      control.watch(['disabled'], () => {
        host.toggleAttribute('disabled', control.flag('disabled'))
        host.setAttribute('aria-disabled', String(control.flag('disabled')))
        host.tabIndex = control.flag('disabled') ? -1 : 0
      })
      control.onTap(() => {
        if (control.flag('disabled')) return
        actOnForm(control)
        void openPlatform(control)
      })
    },
  })
}

function actOnForm(button: Control): void {
  const form = controlAt(button.host.closest('wx-form'))
  if (!form) return
  if (button.text('formType') === 'submit') submitForm(form, button)
  if (button.text('formType') === 'reset') resetForm(form)
}

/** What WeChat does for a button with an `open-type`. */
async function openPlatform(button: Control): Promise<void> {
  const openType = button.text('openType')
  if (openType === '') return
  if (openType !== 'getPhoneNumber') refuse(`button open-type="${openType}"`)
  try {
    button.emit('getphonenumber', { code: await requestPhoneCode(), errMsg: 'getPhoneNumber:ok' })
  } catch {
    button.emit('getphonenumber', { errMsg: 'getPhoneNumber:fail user deny' })
  }
}
