import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

const OUTPUT = path.resolve(__dirname, '../.output/pictures')
const WIDTH = 360
/** Tall enough for nearly every page without scrolling. */
const TALL = 1_500

/** Runs in the page; given as text because tests are compiled without the browser's types. */
const wear = (from: string, to: string): string => `(() => {
  for (const element of document.querySelectorAll('.text-${from}')) {
    element.classList.remove('text-${from}')
    element.classList.add('text-${to}')
  }
})()`

/** Texts of the page that is shown that lie beyond its right edge, or beyond the edge of a box that hides them. */
const CUT_OFF = `(() => {
  const page = document.querySelector('.preview-page:not([hidden])')
  const shown = [...page.querySelectorAll('*')].filter((element) => element.getClientRects().length > 0)
  const texts = shown.filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim()),
  )
  return texts
    .filter((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const { right } = range.getBoundingClientRect()
      let box = element
      while (box && box !== page && getComputedStyle(box).overflowX === 'visible') box = box.parentElement
      return right > (box ?? page).getBoundingClientRect().right + 1
    })
    .map((element) => element.textContent.trim())
})()`

/**
 * Keeps pictures of what the phone shows under a name in test/.output/pictures: in standard and in elder size.
 * @returns texts that are cut off, with the size in which they are; empty when all can be read
 */
export async function keepPictures(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize()
  mkdirSync(OUTPUT, { recursive: true })
  const cut: string[] = []
  await page.setViewportSize({ width: WIDTH, height: TALL })
  for (const size of ['standard', 'elder']) {
    await page.evaluate(wear('standard', size))
    await page.screenshot({ path: path.join(OUTPUT, `${name}-${size}.png`) })
    const texts = await page.evaluate<string[]>(CUT_OFF)
    cut.push(...texts.map((text) => `${size}: ${text}`))
    await page.evaluate(wear(size, 'standard'))
  }
  if (before) await page.setViewportSize(before)
  return cut
}
