import type { Account } from '../../../server/contracts/home/account.js'
import type { Tile } from '../../../server/contracts/home/menu.js'
import type { TextSize } from '../../../server/contracts/platform/preferences.js'
import { readAccount, choosePreferences } from '../api/account'
import { createStore } from './store'
import { read, write } from './storage'

/** Who uses the program; null until the server said so. */
export const account = createStore<Account | null>(null)

/** The last known text size is kept on the phone, so that the first page is not drawn small and then large. */
export function textSize(): TextSize {
  return account.get()?.textSize ?? read<TextSize>('text-size') ?? sizeOfWechat()
}

/** From this factor on WeChat is most likely in its own 关怀模式; there is no flag for it. */
const LARGE_FONT_FACTOR = 1.4

export function hasLargeFont(): boolean {
  return (wx.getAppBaseInfo().fontSizeScaleFactor ?? 1) >= LARGE_FONT_FACTOR
}

/** What is read before anybody signed in follows WeChat's own setting. */
function sizeOfWechat(): TextSize {
  return hasLargeFont() ? 'large' : 'standard'
}

/** Whether 管理 offers this way in; the phone knows no roles. */
export function offers(kind: Tile['kind']): boolean {
  return account.get()?.menu.some((tile) => tile.kind === kind) ?? false
}

/** Asks the server who is signed in and tells every page. */
export async function refreshAccount(): Promise<Account> {
  const fresh = await readAccount()
  keep(fresh)
  return fresh
}

/** Remembered on the server, so that it follows the person to a new phone. */
export async function chooseTextSize(size: TextSize): Promise<void> {
  keep(await choosePreferences({ textSize: size }))
}

function keep(fresh: Account): void {
  write('text-size', fresh.textSize)
  account.set(fresh)
}
