import { refuse } from '../engine/failures.js'
import { openLayer } from '../overlays/layer.js'
import { type Control } from './control.js'
import { element } from '../engine/element.js'
import { defineBuiltIn } from './define.js'
import { pickerModel, type PickerModel, type PickerMode, type PickerSource } from './picker-model.js'
import { wheel } from './wheel.js'

const MODES = new Set<string>(['selector', 'multiSelector', 'date', 'time'] satisfies PickerMode[])

export function definePicker(): void {
  defineBuiltIn('picker', {
    properties: {
      mode: { type: String, value: 'selector' },
      range: null,
      rangeKey: String,
      value: null,
      start: String,
      end: String,
      fields: { type: String, value: 'day' },
      disabled: Boolean,
      headerText: String,
      name: String,
    },
    setup(control) {
      control.host.setAttribute('role', 'button')
      control.host.setAttribute('aria-haspopup', 'dialog')
      control.watch(['disabled'], () => {
        control.host.tabIndex = control.flag('disabled') ? -1 : 0
      })
      control.onTap(() => {
        if (!control.flag('disabled')) open(control)
      })
      control.field = { read: () => control.value('value'), reset: () => control.set({ value: '' }) }
    },
  })
}

function open(control: Control): void {
  let model = pickerModel(sourceOf(control))
  const body = element('div', 'preview-picker-body')
  const draw = (): void => {
    body.replaceChildren(
      ...model
        .columns()
        .map((labels, column) =>
          wheel(labels, model.indices()[column] ?? 0, (index) => choose(column, index)),
        ),
    )
  }
  const choose = (column: number, index: number): void => {
    const before = JSON.stringify(model.columns())
    model.choose(column, index)
    if (JSON.stringify(model.columns()) !== before) redrawAfter(column)
    if (control.text('mode') === 'multiSelector') control.emit('columnchange', { column, value: index })
  }
  /** The column that is being moved is not replaced, because that would stop the movement. */
  const redrawAfter = (moved: number): void => {
    model.columns().forEach((labels, column) => {
      if (column <= moved) return
      body.children[column]?.replaceWith(
        wheel(labels, model.indices()[column] ?? 0, (index) => choose(column, index)),
      )
    })
  }

  const layer = openLayer({
    kind: 'sheet',
    label: control.text('headerText') || '请选择',
    onDismiss: () => control.emit('cancel'),
  })
  const bar = element('div', 'preview-picker-bar')
  bar.append(
    layer.button('取消', () => layer.dismiss(), 'preview-picker-cancel'),
    element('strong', '', control.text('headerText')),
    layer.button('确定', () => finish(control, model, layer.close), 'preview-picker-confirm'),
  )
  draw()
  layer.panel.append(bar, body)
  // The page may set other columns after columnchange.
  control.watch(['range'], () => {
    if (!layer.isOpen()) return
    model = pickerModel(sourceOf(control))
    draw()
  })
}

function finish(control: Control, model: PickerModel, close: () => void): void {
  close()
  const value = model.value()
  control.set({ value })
  control.emit('change', { value })
}

function sourceOf(control: Control): PickerSource {
  const mode = control.text('mode')
  if (!MODES.has(mode)) refuse(`picker mode="${mode}"`)
  return {
    mode: mode as PickerMode,
    range: control.value('range'),
    rangeKey: control.text('rangeKey'),
    value: control.value('value'),
    start: control.text('start'),
    end: control.text('end'),
    fields: control.text('fields') as PickerSource['fields'],
  }
}
