/** Every key that is stored on the phone. One list, so that it is easy to check that withdrawal removes everything. */
export type StorageKey =
  | 'consent-version'
  | 'signed-out'
  | 'session'
  | 'text-size'
  | 'elder-offered'
  | 'payment-attempt'
  | `draft:${string}`

/** Reads a stored value; null when there is none. Only this program writes these keys, so the type is not checked. */
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

/** Removes all stored data from the phone. */
export function removeEverything(): void {
  wx.clearStorageSync()
}
