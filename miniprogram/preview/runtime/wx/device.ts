import { showModal } from '../overlays/dialogs.js'
import { showToast } from '../overlays/toast.js'
import { api } from './api.js'

let clipboard = ''

export const device = {
  setClipboardData: api('setClipboardData', ({ data }: { data: string }) => {
    clipboard = data
    showToast({ title: '内容已复制', icon: 'none' })
  }),
  getClipboardData: api('getClipboardData', () => ({ data: clipboard })),
  makePhoneCall: api('makePhoneCall', async ({ phoneNumber }: { phoneNumber: string }) => {
    const { confirm } = await showModal({ title: phoneNumber, content: '', confirmText: '呼叫' })
    if (!confirm) throw new Error('cancel')
  }),
  /** A browser has no scanner, so a dialog asks for the content of the code. */
  scanCode: api('scanCode', async () => {
    const { confirm, content } = await showModal({
      title: '扫一扫',
      editable: true,
      placeholderText: '码的内容',
    })
    if (!confirm) throw new Error('cancel')
    return { result: content ?? '', scanType: 'QR_CODE', charSet: 'UTF-8' }
  }),
}
