/** Returns epoch milliseconds. A test may pass a clock that it can set. */
export type Clock = () => number

const BEIJING_OFFSET_MS = 8 * 3_600_000

/** RFC 3339 in Beijing time with seconds, WeChat's format: `2025-06-30T09:05:00+08:00`. */
export function beijingTime(epochMs: number): string {
  return `${new Date(epochMs + BEIJING_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** The same instant as fourteen digits, as in prepay ids: `20250630090500`. */
export function beijingDigits(epochMs: number): string {
  return beijingTime(epochMs).slice(0, 19).replaceAll(/\D/g, '')
}
