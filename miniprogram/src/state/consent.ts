import { read, remove, removeEverything, write } from './storage'
import type { TextSize } from '../../../server/contracts/platform/preferences.js'

/** The version of the privacy statement that the person agreed to on this phone; null before consent. */
export function agreedVersion(): number | null {
  return read<number>('consent-version')
}

/** Stores the consent. It also ends the signed-out state, because a person who agrees wants to sign in. */
export function agree(version: number): void {
  write('consent-version', version)
  remove('signed-out')
}

/** Removes the agreement, so that the person must read a new statement first. */
export function forgetAgreement(): void {
  remove('consent-version')
}

/** Removes all stored data except the text size. The privacy page, shown next, needs it, and it is not personal. */
export function withdraw(): void {
  const size = read<TextSize>('text-size')
  removeEverything()
  if (size) write('text-size', size)
}

/** Whether the person signed out. Then the program must not sign in silently through WeChat until they ask for it. */
export function isSignedOut(): boolean {
  return read('signed-out') !== null
}

/** Whether this phone was signed out from another device. */
export function wasSignedOutElsewhere(): boolean {
  return read<string>('signed-out') === 'elsewhere'
}

export function markSignedOut(where: 'here' | 'elsewhere'): void {
  write('signed-out', where)
}

export function clearSignedOut(): void {
  remove('signed-out')
}
