import { sendTouch } from './synthetic-touch.js'

const PRESSABLE =
  '[role="button"],[role="link"],[role="switch"],[role="checkbox"],[role="radio"],[role="tab"]'

/** Enter and Space on a focused control send a tap, so that everything works without a pointer. */
export function relayKeys(): void {
  addEventListener('keydown', (event) => {
    const { target, key } = event
    if (key !== 'Enter' && key !== ' ') return
    if (!(target instanceof HTMLElement) || !target.matches(PRESSABLE)) return
    if (target instanceof HTMLButtonElement) return
    event.preventDefault()
    const { left, top, width, height } = target.getBoundingClientRect()
    sendTouch('touchstart', target, left + width / 2, top + height / 2)
    sendTouch('touchend', target, left + width / 2, top + height / 2)
  })
}
