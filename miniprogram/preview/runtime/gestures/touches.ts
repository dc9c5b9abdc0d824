import { dispatch, pointOf } from './dispatch.js'

/** A touch that moves farther than this, in px, is not a tap. */
const TAP_RADIUS = 10
const LONG_PRESS_MS = 350

const TRANSITIONS = ['transitionend', 'animationstart', 'animationiteration', 'animationend']

interface Press {
  x: number
  y: number
  longPress: ReturnType<typeof setTimeout>
}

/**
 * Converts touches into WeChat's component events. Listeners are not passive, because a component that catches
 * touchmove must stop the page behind it from scrolling.
 */
export function relayTouches(): void {
  let press: Press | undefined
  const options = { capture: true, passive: false }
  const forget = (): void => {
    clearTimeout(press?.longPress)
    press = undefined
  }

  document.addEventListener(
    'touchstart',
    (event) => {
      forget()
      const touch = event.changedTouches[0]
      if (touch && event.touches.length === 1) {
        const { x, y } = pointOf(touch)
        press = { x, y, longPress: setTimeout(() => longPressed(event, x, y), LONG_PRESS_MS) }
      }
      dispatch(event, 'touchstart')
    },
    options,
  )
  document.addEventListener(
    'touchmove',
    (event) => {
      const touch = event.changedTouches[0]
      if (press && touch && isFar(press, touch)) forget()
      if (dispatch(event, 'touchmove') && event.cancelable) event.preventDefault()
    },
    options,
  )
  document.addEventListener(
    'touchend',
    (event) => {
      const tapped = press
      forget()
      dispatch(event, 'touchend')
      if (tapped && !isDisabled(event.target)) dispatch(event, 'tap', { x: tapped.x, y: tapped.y })
    },
    options,
  )
  document.addEventListener(
    'touchcancel',
    (event) => {
      forget()
      dispatch(event, 'touchcancel')
    },
    options,
  )
  for (const type of TRANSITIONS) {
    document.addEventListener(type, (event) => dispatch(event, type), { capture: true })
  }
}

function longPressed(event: Event, x: number, y: number): void {
  dispatch(event, 'longpress', { x, y })
  dispatch(event, 'longtap', { x, y })
}

function isFar(press: Press, touch: Touch): boolean {
  const { x, y } = pointOf(touch)
  return Math.abs(x - press.x) > TAP_RADIUS || Math.abs(y - press.y) > TAP_RADIUS
}

/** A tap on a disabled button reaches no listener. */
function isDisabled(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('wx-button[disabled]') !== null
}
