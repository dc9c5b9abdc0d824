import { prefersReducedMotion } from '../engine/motion.js'
import { controlAt, type Control } from './control.js'
import { element } from '../engine/element.js'
import { defineBuiltIn } from './define.js'

/** A movement shorter than this, in px, has no direction yet. */
const DIRECTION_THRESHOLD = 6
/** A flick changes the item: at least this distance within this time. */
const FLICK_PX = 20
const FLICK_MS = 300

export function defineSwiper(): void {
  defineBuiltIn('swiper-item', { properties: { itemId: String } })
  defineBuiltIn('swiper', {
    properties: {
      current: Number,
      currentItemId: String,
      autoplay: Boolean,
      interval: { type: Number, value: 5000 },
      duration: { type: Number, value: 500 },
      circular: Boolean,
      vertical: Boolean,
      indicatorDots: Boolean,
      indicatorColor: { type: String, value: 'rgba(0,0,0,.3)' },
      indicatorActiveColor: { type: String, value: '#000' },
      displayMultipleItems: { type: Number, value: 1 },
      disableTouch: Boolean,
    },
    setup(control) {
      new Swiper(control).start()
    },
  })
}

class Swiper {
  private readonly dots = element('div', 'preview-swiper-dots')
  private index = 0
  private dragged = 0
  private timer: ReturnType<typeof setInterval> | undefined

  constructor(private readonly control: Control) {}

  start(): void {
    const { control } = this
    this.index = control.number('current')
    control.watch(['current'], () => this.show(control.number('current'), ''))
    control.watch(['autoplay', 'interval'], () => this.play())
    control.watch(['indicatorDots', 'indicatorColor', 'indicatorActiveColor'], () => this.arrange(false))
    const items = new MutationObserver(() => this.arrange(false))
    items.observe(control.host, { childList: true })
    const size = new ResizeObserver(() => this.arrange(false))
    size.observe(control.host)
    control.onDetach(() => {
      items.disconnect()
      size.disconnect()
      clearInterval(this.timer)
    })
    this.followFinger()
  }

  private items(): HTMLElement[] {
    return Array.from(this.control.host.querySelectorAll<HTMLElement>('wx-swiper-item')).filter(
      (item) => item.parentElement?.closest('wx-swiper') === this.control.host,
    )
  }

  private extent(): number {
    const { host } = this.control
    return this.control.flag('vertical') ? host.clientHeight : host.clientWidth
  }

  private show(index: number, source: 'touch' | 'autoplay' | ''): void {
    const count = this.items().length
    if (!count) {
      this.index = index
      return
    }
    const next = ((index % count) + count) % count
    const isChanged = next !== this.index
    this.index = next
    this.dragged = 0
    this.arrange(true)
    if (!isChanged) return
    if (source) this.control.set({ current: next })
    const currentItemId = controlAt(this.items()[next])?.text('itemId') ?? ''
    const detail = { current: next, currentItemId, source }
    this.control.emit('change', detail)
    setTimeout(() => this.control.emit('animationfinish', detail), this.duration())
  }

  private duration(): number {
    return prefersReducedMotion() ? 0 : this.control.number('duration')
  }

  private arrange(isAnimated: boolean): void {
    const items = this.items()
    const isVertical = this.control.flag('vertical')
    const perView = this.control.number('displayMultipleItems', 1)
    items.forEach((item, position) => {
      const offset = (this.offset(position, items.length) * this.extent()) / perView + this.dragged
      item.style.transition = isAnimated ? `transform ${this.duration()}ms` : 'none'
      item.style[isVertical ? 'height' : 'width'] = `${100 / perView}%`
      item.style.transform = isVertical ? `translateY(${offset}px)` : `translateX(${offset}px)`
      item.ariaHidden = String(position < this.index || position >= this.index + perView)
    })
    this.drawDots(items.length)
  }

  /** Distance from the current item. In circular mode the shorter direction counts. */
  private offset(position: number, count: number): number {
    const offset = position - this.index
    if (!this.control.flag('circular') || count < 3 || Math.abs(offset) <= count / 2) return offset
    return offset > 0 ? offset - count : offset + count
  }

  private drawDots(count: number): void {
    if (!this.control.flag('indicatorDots')) {
      this.dots.remove()
      return
    }
    this.dots.replaceChildren(
      ...Array.from({ length: count }, (_, position) => {
        const dot = element('i')
        const color = position === this.index ? 'indicatorActiveColor' : 'indicatorColor'
        dot.style.background = this.control.text(color)
        return dot
      }),
    )
    if (!this.dots.isConnected) this.control.host.append(this.dots)
  }

  private play(): void {
    clearInterval(this.timer)
    if (!this.control.flag('autoplay') || prefersReducedMotion()) return
    this.timer = setInterval(
      () => {
        if (this.items().length > 1) this.show(this.index + 1, 'autoplay')
      },
      this.control.number('interval', 5000),
    )
  }

  private followFinger(): void {
    const { host } = this.control
    let start: { x: number; y: number; at: number } | undefined
    let isAlong: boolean | undefined
    host.addEventListener(
      'touchstart',
      (event) => {
        const touch = event.touches[0]
        if (!touch || this.control.flag('disableTouch')) return
        start = { x: touch.clientX, y: touch.clientY, at: Date.now() }
        isAlong = undefined
        clearInterval(this.timer)
      },
      { passive: true },
    )
    host.addEventListener(
      'touchmove',
      (event) => {
        const touch = event.touches[0]
        if (!touch || !start) return
        const dx = touch.clientX - start.x
        const dy = touch.clientY - start.y
        const isVertical = this.control.flag('vertical')
        if (isAlong === undefined && Math.abs(dx) + Math.abs(dy) > DIRECTION_THRESHOLD) {
          isAlong = Math.abs(dy) > Math.abs(dx) === isVertical
        }
        if (!isAlong) return
        if (event.cancelable) event.preventDefault()
        this.dragged = isVertical ? dy : dx
        this.arrange(false)
      },
      { passive: false },
    )
    host.addEventListener('touchend', () => {
      if (start && isAlong) this.release(Date.now() - start.at)
      start = undefined
      this.play()
    })
  }

  private release(milliseconds: number): void {
    const distance = Math.abs(this.dragged)
    const isFar = distance > this.extent() / 3 || (distance > FLICK_PX && milliseconds < FLICK_MS)
    const wanted = this.index + (isFar ? -Math.sign(this.dragged) : 0)
    const last = this.items().length - 1
    this.show(this.control.flag('circular') ? wanted : Math.min(last, Math.max(0, wanted)), 'touch')
  }
}
