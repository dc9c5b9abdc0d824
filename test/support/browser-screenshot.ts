import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'

const OUTPUT = path.resolve(__dirname, '../.output')

/**
 * Wraps the body of a test: when it fails, what the phone shows is kept in test/.output under the
 * test's name.
 * @param phone looked up after the failure, because hooks create it.
 */
export function screenshotOnFailure(phone: () => Page | undefined, test: () => Promise<void>) {
  return async (): Promise<void> => {
    try {
      await test()
    } catch (failure) {
      await keepScreenshot(phone())
      throw failure
    }
  }
}

async function keepScreenshot(phone: Page | undefined): Promise<void> {
  if (!phone || phone.isClosed()) return
  const name = (expect.getState().currentTestName ?? 'test').replace(/[^\p{L}\p{N}]+/gu, '-')
  mkdirSync(OUTPUT, { recursive: true })
  // A page that cannot be drawn any more must not hide why the test failed.
  await phone.screenshot({ path: path.join(OUTPUT, `${name}.png`) }).catch(() => undefined)
}
