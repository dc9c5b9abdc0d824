import { read, remove, removeEverything, write } from './storage'
import type { TextSize } from '../../../server/contracts/platform/preferences.js'

/** Version of the privacy statement the person agreed to on this phone; null before that. */
export function agreedVersion(): number | null {
  return read<number>('consent-version')
}

/** Also ends a signed-out state: agreeing and signing in again are the same wish. */
export function agree(version: number): void {
  write('consent-version', version)
  remove('signed-out')
}

/** A new statement has to be read before anything is sent again. */
export function forgetAgreement(): void {
  remove('consent-version')
}

/** Only the size of the letters stays: it says nothing about the person, and the statement is read next. */
export function withdraw(): void {
  const size = read<TextSize>('text-size')
  removeEverything()
  if (size) write('text-size', size)
}

/** WeChat would sign the person in again silently; having signed out must hold until they say otherwise. */
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
