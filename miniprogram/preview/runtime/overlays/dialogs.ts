import { element } from '../engine/element.js'
import { openLayer } from './layer.js'

export interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

export interface ModalResult {
  confirm: boolean
  cancel: boolean
  /** The text typed into an editable dialog. */
  content: string | null
}

export function showModal(options: ModalOptions): Promise<ModalResult> {
  const { title = '', content = '', editable = false } = options
  return new Promise((resolve) => {
    const layer = openLayer({ kind: 'dialog', label: title || content || '提示' })
    const input = element('input')
    const finish = (confirm: boolean): void => {
      layer.close()
      resolve({ confirm, cancel: !confirm, content: confirm && editable ? input.value : null })
    }
    if (title) layer.panel.append(element('h2', '', title))
    if (editable) {
      input.value = content
      input.placeholder = options.placeholderText ?? ''
      input.setAttribute('aria-label', title || options.placeholderText || '输入')
      layer.panel.append(input)
    } else layer.panel.append(element('p', '', content))

    const actions = element('div', 'preview-actions')
    if (options.showCancel !== false) {
      const cancel = layer.button(options.cancelText || '取消', () => finish(false), 'preview-cancel')
      cancel.style.color = options.cancelColor ?? ''
      actions.append(cancel)
    }
    const confirm = layer.button(options.confirmText || '确定', () => finish(true), 'preview-confirm')
    confirm.style.color = options.confirmColor ?? ''
    actions.append(confirm)
    layer.panel.append(actions)
  })
}

export interface ActionSheetOptions {
  alertText?: string
  itemList: string[]
  itemColor?: string
}

/** @returns the index of the chosen item; undefined when the sheet was closed. */
export function showActionSheet(options: ActionSheetOptions): Promise<number | undefined> {
  const { alertText = '', itemList, itemColor = '' } = options
  return new Promise((resolve) => {
    const layer = openLayer({
      kind: 'sheet',
      label: alertText || '请选择',
      onDismiss: () => resolve(undefined),
    })
    if (alertText) layer.panel.append(element('p', 'preview-sheet-hint', alertText))
    itemList.forEach((text, index) => {
      const item = layer.button(
        text,
        () => {
          layer.close()
          resolve(index)
        },
        'preview-sheet-item',
      )
      item.style.color = itemColor
      layer.panel.append(item)
    })
    layer.panel.append(layer.button('取消', () => layer.dismiss(), 'preview-sheet-item preview-sheet-cancel'))
  })
}
