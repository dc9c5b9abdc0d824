import type { Locator, Page } from 'playwright-core'

export interface TapCounter {
  /** Touches once: a locator, a selector (".x", "#x", "[x]", "text=…") or the exact visible text. */
  tap(target: Locator | string): Promise<void>
  /** Types into a field; counted apart from touches. */
  type(target: Locator | string, text: string): Promise<void>
  readonly taps: number
  readonly typedFields: number
  reset(): void
}

/** Counts what a person has to do, because "two taps from the home page" is a requirement that is tested. */
export function tapCounter(page: Page): TapCounter {
  let taps = 0
  let typedFields = 0
  return {
    async tap(target) {
      await locate(page, target).tap()
      taps += 1
    },
    async type(target, text) {
      await locate(page, target).fill(text)
      typedFields += 1
    },
    get taps() {
      return taps
    },
    get typedFields() {
      return typedFields
    },
    reset() {
      taps = 0
      typedFields = 0
    },
  }
}

/** Hidden pages of the stack keep their texts: only what is visible counts. */
function locate(page: Page, target: Locator | string): Locator {
  if (typeof target !== 'string') return target
  const found = /^[.#[]|^\w+=|>>/.test(target)
    ? page.locator(target)
    : page.getByText(target, { exact: true })
  return found.filter({ visible: true }).first()
}
