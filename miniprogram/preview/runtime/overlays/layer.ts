import { element } from '../engine/element.js'

export interface LayerOptions {
  /** A dialog stands in the middle, a sheet comes from below. */
  kind: 'dialog' | 'sheet'
  /** Accessible name. */
  label: string
  /** Given when touching beside the panel, or Escape, closes the layer. */
  onDismiss?: () => void
}

export interface Layer {
  panel: HTMLElement
  /** A button inside the layer. Taps that began before the layer opened do not press it. */
  button: (text: string, onPress: () => void, className?: string) => HTMLButtonElement
  close: () => void
  dismiss: () => void
  isOpen: () => boolean
}

/** Opens what WeChat itself draws above the app: dialogs, sheets, pickers. */
export function openLayer({ kind, label, onDismiss }: LayerOptions): Layer {
  const mask = element('div', `preview-layer preview-layer-${kind}`)
  const panel = element('div', 'preview-panel')
  panel.setAttribute('role', 'dialog')
  panel.setAttribute('aria-modal', 'true')
  panel.setAttribute('aria-label', label)
  panel.tabIndex = -1
  mask.append(panel)

  const focused = document.activeElement
  const covered = Array.from(document.body.children).filter(
    (child) => child instanceof HTMLElement && !child.inert,
  ) as HTMLElement[]
  for (const child of covered) child.inert = true
  document.body.append(mask)
  panel.focus()

  // The click that follows the tap which opened this layer must not press anything in it.
  let isArmed = false
  mask.addEventListener('pointerdown', () => (isArmed = true), { capture: true })
  const isMeant = (event: MouseEvent): boolean => isArmed || event.detail === 0

  const close = (): void => {
    mask.remove()
    for (const child of covered) child.inert = false
    if (focused instanceof HTMLElement) focused.focus()
  }
  const dismiss = (): void => {
    if (!onDismiss || !mask.isConnected) return
    close()
    onDismiss()
  }
  mask.addEventListener('click', (event) => {
    if (event.target === mask && isMeant(event)) dismiss()
  })
  mask.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') dismiss()
  })

  return {
    panel,
    close,
    dismiss,
    isOpen: () => mask.isConnected,
    button(text, onPress, className = '') {
      const button = element('button', className, text)
      button.type = 'button'
      button.addEventListener('click', (event) => {
        if (isMeant(event)) onPress()
      })
      return button
    },
  }
}
