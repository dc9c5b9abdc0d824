/*
 * The business day, the month and every deadline are in Asia/Shanghai, whatever the server's time zone.
 * China has had one time zone without summer time since 1992, so a fixed offset is exact for all our dates.
 */
const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000

/** `YYYY-MM-DD` */
export const dayIn = (instant: Date): string =>
  new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)

/** `YYYY-MM` */
export const monthIn = (instant: Date): string => dayIn(instant).slice(0, 7)

/** RFC 3339 with the offset, as WeChat Pay requires: `2026-11-21T20:15:00+08:00`. */
export const shanghaiTimestamp = (instant: Date): string =>
  `${new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`

/** The month `count` months after `month`; before it when `count` is negative. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + (number - 1) + count
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** The number of months from one to the other: `monthsBetween('2026-01', '2026-03')` is 2. */
export function monthsBetween(from: string, to: string): number {
  const index = (month: string) => {
    const [year = 0, number = 1] = month.split('-').map(Number)
    return year * 12 + number
  }
  return index(to) - index(from)
}

/** 2026年11月 */
export const monthInWords = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** The instant so many times 24 hours earlier. */
export const daysBefore = (instant: Date, days: number): Date =>
  new Date(instant.getTime() - days * 24 * 3600 * 1000)
