import { currentPerson } from '../host/person.js'
import { api } from './api.js'

/** Each person has a separate storage, as if on a separate phone. */
const prefix = (): string => `preview:${currentPerson()}:`

const read = (key: string): unknown => {
  const text = localStorage.getItem(prefix() + key)
  // WeChat returns an empty string for a key that was never set.
  return text === null ? '' : (JSON.parse(text) as { value?: unknown }).value
}
const write = (key: string, value: unknown): void =>
  localStorage.setItem(prefix() + key, JSON.stringify({ value }))
const remove = (key: string): void => localStorage.removeItem(prefix() + key)
const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix()))
    .map((key) => key.slice(prefix().length))
const clear = (): void => keys().forEach(remove)
const info = (): object => ({ keys: keys(), currentSize: 1, limitSize: 10_240 })

export const storage = {
  getStorageSync: read,
  setStorageSync: write,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: info,
  getStorage: api('getStorage', ({ key }: { key: string }) => {
    if (localStorage.getItem(prefix() + key) === null) throw new Error('data not found')
    return { data: read(key) }
  }),
  setStorage: api('setStorage', ({ key, data }: { key: string; data: unknown }) => write(key, data)),
  removeStorage: api('removeStorage', ({ key }: { key: string }) => remove(key)),
  clearStorage: api('clearStorage', clear),
  getStorageInfo: api('getStorageInfo', info),
}
