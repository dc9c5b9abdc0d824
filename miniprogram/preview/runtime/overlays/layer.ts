import { element } from '../engine/element.js'

export interface LayerOptions {
  /** A dialog is in the middle of the screen, a sheet at the bottom. */
  kind: 'dialog' | 'sheet'
  /** Accessible name. */
  label: string
  /** When given, a touch outside the panel or the Escape key closes the layer and calls it. */
  onDismiss?: () => void
}

export interface Layer {
  panel: HTMLElement
  /** A button inside the layer. A tap that began before the layer opened does not press it. */
  button: (text: string, onPress: () => void, className?: string) => HTMLButtonElement
  close: () => void
  dismiss: () => void
  isOpen: () => boolean
}

/** Opens a layer that WeChat draws above the app: a dialog, a sheet or a picker. */
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

  // The tap that opened this layer is followed by a click. That click must not press anything in the layer.
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
