/** Sends a touch event for an input other than touch. */
export function sendTouch(type: string, target: EventTarget, clientX: number, clientY: number): void {
  const touch = new Touch({ identifier: 1, target, clientX, clientY, pageX: clientX, pageY: clientY })
  const remaining = type === 'touchend' ? [] : [touch]
  target.dispatchEvent(
    new TouchEvent(type, {
      bubbles: true,
      cancelable: true,
      composed: true,
      touches: remaining,
      targetTouches: remaining,
      changedTouches: [touch],
    }),
  )
}
