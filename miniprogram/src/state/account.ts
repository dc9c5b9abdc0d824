import type { Account } from '../../../server/contracts/home/account.js'
import type { Tile } from '../../../server/contracts/home/menu.js'
import type { TextSize } from '../../../server/contracts/platform/preferences.js'
import { readAccount, choosePreferences } from '../api/account'
import { createStore } from './store'
import { read, write } from './storage'

/** The signed-in account; null until the server has sent it. */
export const account = createStore<Account | null>(null)

/** The text size. The last known size is stored on the phone, so that the first page does not change its size. */
export function textSize(): TextSize {
  return account.get()?.textSize ?? read<TextSize>('text-size') ?? sizeOfWechat()
}

/** From this factor on WeChat is probably in its 关怀模式; WeChat has no flag for it. */
const LARGE_FONT_FACTOR = 1.4

export function hasLargeFont(): boolean {
  return (wx.getAppBaseInfo().fontSizeScaleFactor ?? 1) >= LARGE_FONT_FACTOR
}

/** Before sign-in the text size follows WeChat's setting. */
function sizeOfWechat(): TextSize {
  return hasLargeFont() ? 'large' : 'standard'
}

/** Whether the server's menu contains this tile. The phone does not know roles. */
export function offers(kind: Tile['kind']): boolean {
  return account.get()?.menu.some((tile) => tile.kind === kind) ?? false
}

/** Reads the account from the server and notifies every page. */
export async function refreshAccount(): Promise<Account> {
  const fresh = await readAccount()
  keep(fresh)
  return fresh
}

/** Stores the text size on the server, so that a new phone of the person uses it too. */
export async function chooseTextSize(size: TextSize): Promise<void> {
  keep(await choosePreferences({ textSize: size }))
}

function keep(fresh: Account): void {
  write('text-size', fresh.textSize)
  account.set(fresh)
}
