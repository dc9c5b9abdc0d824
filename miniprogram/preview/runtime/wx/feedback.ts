import {
  showActionSheet,
  showModal,
  type ActionSheetOptions,
  type ModalOptions,
} from '../overlays/dialogs.js'
import { hideLoading, hideToast, showToast, type ToastOptions } from '../overlays/toast.js'
import { api } from './api.js'

export const feedback = {
  showToast: api('showToast', (options: ToastOptions) => showToast(options)),
  hideToast: api('hideToast', hideToast),
  showLoading: api('showLoading', (options: ToastOptions) => showToast({ ...options, icon: 'loading' })),
  hideLoading: api('hideLoading', hideLoading),
  showModal: api('showModal', (options: ModalOptions) => showModal(options)),
  showActionSheet: api('showActionSheet', async (options: ActionSheetOptions) => {
    const tapIndex = await showActionSheet(options)
    if (tapIndex === undefined) throw new Error('cancel')
    return { tapIndex }
  }),
  vibrateShort: api('vibrateShort', () => undefined),
  hideKeyboard: api('hideKeyboard', () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  }),
}
