import { textOf } from '../engine/text-of.js'

export type PickerMode = 'selector' | 'multiSelector' | 'date' | 'time'

/** The properties of a picker that determine the choices. */
export interface PickerSource {
  mode: PickerMode
  range: unknown
  rangeKey: string
  value: unknown
  /** First and last choice: "YYYY-MM-DD" for dates, "HH:mm" for times. */
  start: string
  end: string
  /** Precision of a date. */
  fields: 'year' | 'month' | 'day'
}

/** The choices and the value of a picker, without drawing. */
export interface PickerModel {
  columns(): string[][]
  indices(): number[]
  /** Choosing in one column may change the columns after it. */
  choose(column: number, index: number): void
  /** In the shape of the change event's `detail.value`. */
  value(): unknown
}

export function pickerModel(source: PickerSource): PickerModel {
  switch (source.mode) {
    case 'selector':
      return lists(
        [labels(source.range, source.rangeKey)],
        [Number(source.value) || 0],
        ([only]) => only ?? 0,
      )
    case 'multiSelector': {
      const columns = asArray(source.range).map((range) => labels(range, source.rangeKey))
      const chosen = asArray(source.value)
      return lists(
        columns,
        columns.map((_, column) => Number(chosen[column]) || 0),
        (indices) => indices,
      )
    }
    case 'time':
      return calendar(
        numbers(textOf(source.value) || '00:00', ':', [0, 0]),
        numbers(source.start, ':', [0, 0]),
        numbers(source.end, ':', [23, 59]),
        (column) => (column === 0 ? [0, 23] : [0, 59]),
        ':',
      )
    case 'date': {
      const depth = { year: 1, month: 2, day: 3 }[source.fields]
      const today = new Date()
      const now = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      return calendar(
        numbers(textOf(source.value), '-', now).slice(0, depth),
        numbers(source.start, '-', [1970, 1, 1]),
        numbers(source.end, '-', [2100, 12, 31]),
        (column, [year = 0, month = 1]) =>
          column === 0 ? [0, 9999] : column === 1 ? [1, 12] : [1, new Date(year, month, 0).getDate()],
        '-',
      )
    }
  }
}

function lists(columns: string[][], start: number[], value: (indices: number[]) => unknown): PickerModel {
  const indices = start.map((index, column) => clamp(index, 0, (columns[column]?.length ?? 1) - 1))
  return {
    columns: () => columns,
    indices: () => [...indices],
    choose: (column, index) => {
      indices[column] = index
    },
    value: () => value([...indices]),
  }
}

/** Bounds of a column, inclusive, given the numbers chosen before it. */
type NaturalBounds = (column: number, chosen: number[]) => [number, number]

/** Columns of numbers in which each depends on those to its left, so that 30 February cannot be chosen. */
function calendar(
  chosen: number[],
  first: number[],
  last: number[],
  natural: NaturalBounds,
  separator: string,
): PickerModel {
  const bounds = (column: number): [number, number] => {
    const [low, high] = natural(column, chosen)
    const isFirst = chosen.slice(0, column).every((part, index) => part === first[index])
    const isLast = chosen.slice(0, column).every((part, index) => part === last[index])
    return [
      isFirst ? Math.max(low, first[column] ?? low) : low,
      isLast ? Math.min(high, last[column] ?? high) : high,
    ]
  }
  const settle = (): void => {
    chosen.forEach((part, column) => {
      chosen[column] = clamp(part, ...bounds(column))
    })
  }
  settle()
  return {
    columns: () => chosen.map((_, column) => sequence(...bounds(column)).map(twoDigits)),
    indices: () => chosen.map((part, column) => part - bounds(column)[0]),
    choose: (column, index) => {
      chosen[column] = bounds(column)[0] + index
      settle()
    },
    value: () => chosen.map(twoDigits).join(separator),
  }
}

function labels(range: unknown, key: string): string[] {
  return asArray(range).map((item) => textOf(key && isRecord(item) ? item[key] : item))
}

/** Missing or malformed parts are taken from the default. */
function numbers(text: string, separator: string, otherwise: number[]): number[] {
  const parts = text ? text.split(separator).map(Number) : []
  return otherwise.map((part, index) => (Number.isFinite(parts[index]) ? (parts[index] ?? part) : part))
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function sequence(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(low, high), Math.max(low, value))
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0')
}
