import type { Account, TextSize } from '../../../server/contracts/account.js'
import { readAccount, choosePreferences } from '../api/account'
import { createStore } from './store'
import { read, write } from './storage'

/** Who uses the program; null until the server said so. */
export const account = createStore<Account | null>(null)

/** The last known text size is kept on the phone, so that the first page is not drawn small and then large. */
export function textSize(): TextSize {
  return account.get()?.textSize ?? read<TextSize>('text-size') ?? 'standard'
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
