/** Six digits: what people remember beside the code of their telephone. Our choice. */
export const PIN_PATTERN = /^\d{6}$/

/** Wrong tries within `PIN_WINDOW_MINUTES` that lock the PIN for `PIN_LOCK_MINUTES`: our choice, 480 tries a day at most. */
export const PIN_TRIES = 5
export const PIN_WINDOW_MINUTES = 15
export const PIN_LOCK_MINUTES = 15

const RUN = '01234567890'

/** Why a PIN is too easy to guess; null when it is not. */
export function easiness(pin: string): string | null {
  if (/^(\d)\1{5}$/.test(pin)) return '六个数字都一样'
  if (/^(\d\d)\1\1$/.test(pin) || /^(\d{3})\1$/.test(pin)) return '是重复的数字'
  const backwards = [...pin].reverse().join('')
  if (RUN.includes(pin) || RUN.includes(backwards)) return '是连续的数字'
  return null
}

export const minutesAfter = (instant: Date, minutes: number): Date =>
  new Date(instant.getTime() + minutes * 60_000)
