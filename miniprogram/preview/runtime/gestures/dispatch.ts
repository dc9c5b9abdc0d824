import { glassEasel } from 'glass-easel-miniprogram-adapter'
import { nodeAt } from '../engine/nodes.js'
import { pageAreaTop } from '../engine/page-area.js'

/**
 * Sends a DOM event into the component tree.
 * @returns whether a listener asked to prevent the browser's default action.
 */
export function dispatch(event: Event, type: string, detail: unknown = {}): boolean {
  const node = event.target instanceof Element ? nodeAt(event.target) : undefined
  if (!node) return false
  const sent = new glassEasel.Event(type, detail, {
    originalEvent: event,
    bubbles: true,
    composed: true,
    capturePhase: true,
    extraFields: event instanceof TouchEvent ? touchFields(event) : {},
  })
  glassEasel.Event.dispatchEvent(node, sent)
  return sent.getEventBubbleStatus() === 1
}

/** The position of a touch relative to the page area, as WeChat reports it. */
export function pointOf(touch: Touch): { x: number; y: number } {
  return { x: touch.clientX, y: touch.clientY - pageAreaTop() }
}

function touchFields(event: TouchEvent): Record<string, unknown> {
  return { touches: plain(event.touches), changedTouches: plain(event.changedTouches) }
}

function plain(touches: TouchList): unknown[] {
  return Array.from(touches, (touch) => {
    const { x, y } = pointOf(touch)
    return { identifier: touch.identifier, clientX: x, clientY: y, pageX: x, pageY: y }
  })
}
