import { scrollBehavior } from '../engine/motion.js'
import { elementById } from '../engine/nodes.js'
import type { Control } from './control.js'
import { defineBuiltIn } from './define.js'

/** A downward pull longer than this, in px, triggers a refresh. */
const REFRESH_PULL = 60

export function defineScrollView(): void {
  defineBuiltIn('scroll-view', {
    properties: {
      scrollX: Boolean,
      scrollY: Boolean,
      upperThreshold: { type: null, value: 50 },
      lowerThreshold: { type: null, value: 50 },
      scrollTop: null,
      scrollLeft: null,
      scrollIntoView: String,
      scrollWithAnimation: Boolean,
      enableFlex: Boolean,
      enhanced: Boolean,
      showScrollbar: { type: Boolean, value: true },
      enableBackToTop: Boolean,
      bounces: Boolean,
      refresherEnabled: Boolean,
      refresherTriggered: Boolean,
      type: String,
    },
    setup(control) {
      const { host } = control
      // A scrolling region must be reachable by keyboard.
      host.tabIndex = 0
      const flags: Record<string, string> = {
        scrollX: 'scroll-x',
        scrollY: 'scroll-y',
        enableFlex: 'enable-flex',
      }
      for (const [name, attribute] of Object.entries(flags)) {
        control.watch([name], () => host.toggleAttribute(attribute, control.flag(name)))
      }
      followPosition(control)
      reportScrolling(control)
      reportPull(control)
    },
  })
}

function followPosition(control: Control): void {
  const { host } = control
  const behavior = (): ScrollBehavior => scrollBehavior(control.flag('scrollWithAnimation'))
  const scroll = (options: ScrollToOptions): void => {
    // The content may be drawn after this attribute is set.
    setTimeout(() => host.scrollTo({ ...options, behavior: behavior() }))
  }
  control.watch(['scrollTop'], () => {
    if (control.text('scrollTop')) scroll({ top: control.number('scrollTop') })
  })
  control.watch(['scrollLeft'], () => {
    if (control.text('scrollLeft')) scroll({ left: control.number('scrollLeft') })
  })
  control.watch(['scrollIntoView'], () => {
    const id = control.text('scrollIntoView')
    if (id) setTimeout(() => bringIntoView(control, id, behavior()))
  })
}

function bringIntoView(control: Control, id: string, behavior: ScrollBehavior): void {
  const { host } = control
  const target = elementById(host, id)
  if (!target) return
  const from = host.getBoundingClientRect()
  const to = target.getBoundingClientRect()
  host.scrollTo({
    top: control.flag('scrollY') ? host.scrollTop + to.top - from.top : host.scrollTop,
    left: control.flag('scrollX') ? host.scrollLeft + to.left - from.left : host.scrollLeft,
    behavior,
  })
}

function reportScrolling(control: Control): void {
  const { host } = control
  let last = { top: host.scrollTop, left: host.scrollLeft }
  let wasUpper = true
  let wasLower = false
  host.addEventListener('scroll', () => {
    const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = host
    const deltaX = last.left - scrollLeft
    const deltaY = last.top - scrollTop
    last = { top: scrollTop, left: scrollLeft }
    control.emit('scroll', { scrollTop, scrollLeft, scrollHeight, scrollWidth, deltaX, deltaY })

    const isVertical = control.flag('scrollY')
    const position = isVertical ? scrollTop : scrollLeft
    const end = isVertical ? scrollHeight - clientHeight : scrollWidth - clientWidth
    const isLower = end - position <= control.number('lowerThreshold', 50)
    const isUpper = position <= control.number('upperThreshold', 50)
    if (isLower && !wasLower) control.emit('scrolltolower', { direction: isVertical ? 'bottom' : 'right' })
    if (isUpper && !wasUpper) control.emit('scrolltoupper', { direction: isVertical ? 'top' : 'left' })
    wasLower = isLower
    wasUpper = isUpper
  })
}

function reportPull(control: Control): void {
  const { host } = control
  let startY = 0
  host.addEventListener('touchstart', (event) => (startY = event.touches[0]?.clientY ?? 0), { passive: true })
  host.addEventListener('touchend', (event) => {
    const pulled = (event.changedTouches[0]?.clientY ?? 0) - startY
    if (control.flag('refresherEnabled') && host.scrollTop <= 0 && pulled > REFRESH_PULL) {
      control.emit('refresherrefresh')
    }
  })
}
