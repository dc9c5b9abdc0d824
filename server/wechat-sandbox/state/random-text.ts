import { randomBytes, randomInt } from 'node:crypto'

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function randomDigits(length: number): string {
  return Array.from({ length }, () => randomInt(10)).join('')
}

export function randomAlphanumeric(length: number): string {
  return Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('')
}

/** @param length number of hexadecimal digits, even. */
export function randomHex(length: number): string {
  return randomBytes(length / 2).toString('hex')
}
