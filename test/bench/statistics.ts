/** @param share 0.5 for the median, 0.99 for what all but one in a hundred stay below */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}

/** Of two series from alternating rounds: each value is divided by its neighbour, measured while the machine was the same. */
export const medianRatio = (values: readonly number[] = [], others: readonly number[] = []): number =>
  median(values.map((value, round) => value / (others[round] ?? Number.NaN)))

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits))
