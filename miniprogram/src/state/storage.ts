/** Every key the phone keeps. One list, so that withdrawing consent can be seen to remove everything. */
export type StorageKey =
  | 'consent-version'
  | 'signed-out'
  | 'session'
  | 'text-size'
  | 'elder-offered'
  | 'payment-attempt'
  | `draft:${string}`

/** Reads a value that only this program wrote; null when there is none. */
export function read<T>(key: StorageKey): T | null {
  const value: unknown = wx.getStorageSync(key)
  return value === '' || value === undefined ? null : (value as T)
}

export function write(key: StorageKey, value: string | number | boolean | object): void {
  wx.setStorageSync(key, value)
}

export function remove(key: StorageKey): void {
  wx.removeStorageSync(key)
}

/** Nothing about the person stays on the phone. */
export function removeEverything(): void {
  wx.clearStorageSync()
}
