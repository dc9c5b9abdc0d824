import { sendTouch } from './synthetic-touch.js'

/** On a computer the mouse acts as a finger, dragging included. */
export function relayMouse(): void {
  let target: EventTarget | null = null
  const relay = (type: string) => (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && target) sendTouch(type, target, event.clientX, event.clientY)
  }
  const move = relay('touchmove')
  const end = relay('touchend')
  addEventListener(
    'pointerdown',
    (event) => {
      if (event.pointerType !== 'mouse' || event.button !== 0) return
      target = event.target
      relay('touchstart')(event)
    },
    { capture: true },
  )
  addEventListener('pointermove', move, { capture: true })
  addEventListener(
    'pointerup',
    (event) => {
      end(event)
      target = null
    },
    { capture: true },
  )
}
