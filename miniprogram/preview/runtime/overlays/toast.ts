import { element } from '../engine/element.js'

export interface ToastOptions {
  title?: string
  icon?: 'success' | 'error' | 'loading' | 'none'
  /** In ms. */
  duration?: number
  /** Whether the toast blocks touches on the page. */
  mask?: boolean
}

const DEFAULT_MS = 1500

let shown: HTMLElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

export function showToast({ title = '', icon = 'success', duration, mask = false }: ToastOptions): void {
  hideToast()
  shown = element('div', `preview-toast${mask ? ' preview-toast-mask' : ''}`)
  shown.dataset.icon = icon
  const box = element('div', 'preview-toast-box')
  box.setAttribute('role', icon === 'error' ? 'alert' : 'status')
  if (icon !== 'none') box.append(element('i', `preview-toast-icon preview-toast-${icon}`))
  box.append(element('p', '', title))
  shown.append(box)
  document.body.append(shown)
  if (icon !== 'loading') timer = setTimeout(hideToast, duration ?? DEFAULT_MS)
}

export function hideToast(): void {
  clearTimeout(timer)
  shown?.remove()
  shown = undefined
}

export function hideLoading(): void {
  if (shown?.dataset.icon === 'loading') hideToast()
}
