/** Built-in formats that show a number as a day; 27 to 36 and 50 to 58 are the Chinese ones. */
const BUILT_IN_DAYS: ReadonlyArray<readonly [first: number, last: number]> = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
]
/** Parts of a format that are not its pattern: texts, conditions, colours, escaped characters. */
const LITERALS = /"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g

/**
 * Whether numbers of this format are shown as days. A format with a time of day alone is not.
 * @param code the pattern of a format that the workbook defines, undefined for a built-in one
 */
export function showsDay(formatId: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DAYS.some(([first, last]) => formatId >= first && formatId <= last)
  const pattern = code.replace(LITERALS, '').toLowerCase()
  // With hours or seconds, `m` means minutes, else months.
  return /[yd]/.test(pattern) || (pattern.includes('m') && !/[hs]/.test(pattern))
}
