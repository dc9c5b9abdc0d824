import type { Page } from 'playwright-core'

/** Runs in the page; given as text because tests are compiled without the browser's types. */
const SMALLEST = `(() => {
  const page = document.querySelector('.preview-page:not([hidden])')
  const shown = [...page.querySelectorAll('*')].filter((element) => element.getClientRects().length > 0)
  const texts = shown.filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()),
  )
  return Math.min(...texts.map((element) => Number.parseFloat(getComputedStyle(element).fontSize)))
})()`

/** Font size in px of the smallest text that can be seen on the page that is shown. */
export const smallestText = (page: Page): Promise<number> => page.evaluate<number>(SMALLEST)
