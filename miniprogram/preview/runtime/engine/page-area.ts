/** The element below the navigation bar in which pages are drawn. */
export const pageArea = document.createElement('main')
pageArea.className = 'preview-pages'

/** Coordinates for the app start below the navigation bar, as on a phone. */
export function pageAreaTop(): number {
  return pageArea.offsetTop
}

/** The scrolling element of the visible page. */
export function visibleScroller(): HTMLElement | null {
  return pageArea.querySelector('.preview-page:not([hidden]) > .preview-scroller')
}
