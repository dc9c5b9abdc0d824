import type { EasyComponent, HostElement } from 'glass-easel-miniprogram-adapter'
import { isComponent } from '../engine/nodes.js'
import { controlAt, type Control, type FormField } from './control.js'
import { defineBuiltIn } from './define.js'

interface NamedField extends FormField {
  name: string
}

export function defineForm(): void {
  defineBuiltIn('form', { properties: { reportSubmit: Boolean } })
}

export function submitForm(form: Control, button: Control): void {
  const value = Object.fromEntries(namedFields(form).map((field) => [field.name, field.read()]))
  form.emit('submit', { value, target: { id: button.instance._$.id, dataset: button.instance._$.dataset } })
}

export function resetForm(form: Control): void {
  for (const field of namedFields(form)) field.reset()
  form.emit('reset')
}

function namedFields(form: Control): NamedField[] {
  return Array.from(form.host.querySelectorAll<HostElement>('*')).flatMap((element) => {
    const control = controlAt(element)
    if (control)
      return control.field && control.text('name') ? [named(control.text('name'), control.field)] : []
    const node = element.__wxElement
    return isComponent(node) && node.data.name && 'value' in node.data ? [customField(node)] : []
  })
}

/** Components with WeChat's form-field behavior, such as Vant's fields, store their value in their data. */
function customField(component: EasyComponent): NamedField {
  return {
    name: String(component.data.name),
    read: () => component.data.value,
    reset: () => component.getMethodCaller().setData({ value: '' }),
  }
}

function named(name: string, field: FormField): NamedField {
  return { name, read: () => field.read(), reset: () => field.reset() }
}
