const reduced = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the person asked the system for less motion. */
export function prefersReducedMotion(): boolean {
  return reduced.matches
}

/** How programmatic scrolling may move. */
export function scrollBehavior(isAnimated: boolean): ScrollBehavior {
  return isAnimated && !reduced.matches ? 'smooth' : 'instant'
}
