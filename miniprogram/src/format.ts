/** The same formats as format.wxs, for scripts. */

/** @param fen integer fen @returns `¥12.50` */
export function money(fen: number): string {
  const absolute = Math.abs(fen)
  return `${fen < 0 ? '-' : ''}¥${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`
}

/** @param period `2026-11` @returns `2026年11月` */
export function month(period: string): string {
  const [year, number] = period.split('-')
  return `${year}年${Number(number)}月`
}

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000

/** Today in Asia/Shanghai, whatever the phone's time zone. @returns `YYYY-MM-DD` */
export function today(now: number = Date.now()): string {
  return new Date(now + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10)
}

/** The current month in Asia/Shanghai, whatever the phone's time zone. @returns `YYYY-MM` */
export function currentMonth(now: number = Date.now()): string {
  return new Date(now + SHANGHAI_OFFSET_MS).toISOString().slice(0, 7)
}

/** The month `count` months after `period`; before it when `count` is negative. @returns `YYYY-MM` */
export function addMonths(period: string, count: number): string {
  const [year, number] = period.split('-')
  const index = Number(year) * 12 + Number(number) - 1 + count
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

/** Reads an amount that a person typed in yuan. @returns fen, or null unless it is an amount with at most two decimals */
export function fenFromYuan(text: string): number | null {
  const match = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}
