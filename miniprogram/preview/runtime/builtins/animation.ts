import { prefersReducedMotion } from '../engine/motion.js'
import type { Control } from './control.js'

/** One step of an animation exported by wx.createAnimation(). Durations in ms. */
export interface AnimationStep {
  style: Record<string, string>
  duration: number
  delay: number
  timing: string
}

/** Plays an exported animation on a component. Each step starts when the step before it ends. */
export function playAnimation(control: Control): void {
  const exported = control.value('animation') as { actions?: AnimationStep[] } | null | undefined
  let start = 0
  for (const { style, duration, delay, timing } of exported?.actions ?? []) {
    const milliseconds = prefersReducedMotion() ? 0 : duration
    setTimeout(() => {
      control.host.style.transition = `all ${milliseconds}ms ${timing} ${delay}ms`
      Object.assign(control.host.style, style)
    }, start)
    start += milliseconds + delay
  }
  if (exported?.actions?.length) setTimeout(() => control.emit('transitionend'), start)
}
