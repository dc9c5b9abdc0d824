/** A pull from the top of the page that is longer than this, in px, refreshes the page. */
const PULL = 70

export function watchPullDown(scroller: HTMLElement, onPull: () => void): void {
  let startY: number | undefined
  scroller.addEventListener(
    'touchstart',
    (event) => {
      startY = scroller.scrollTop <= 0 ? event.touches[0]?.clientY : undefined
    },
    { passive: true },
  )
  scroller.addEventListener(
    'touchend',
    (event) => {
      const endY = event.changedTouches[0]?.clientY
      if (startY !== undefined && endY !== undefined && endY - startY > PULL) onPull()
      startY = undefined
    },
    { passive: true },
  )
}
