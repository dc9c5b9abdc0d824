const reduced = matchMedia('(prefers-reduced-motion: reduce)')

/** Whether the system is set to reduced motion. */
export function prefersReducedMotion(): boolean {
  return reduced.matches
}

/** The behaviour of programmatic scrolling. */
export function scrollBehavior(isAnimated: boolean): ScrollBehavior {
  return isAnimated && !reduced.matches ? 'smooth' : 'instant'
}
