import type { Bench, Figures, Target } from './bench.js'

export interface Result {
  figures: Figures
  targets: Array<Target & { kept: boolean }>
}

/**
 * Holds the figures of a bench against what it promises.
 * @param keys of all figures that there must be
 * @throws when a figure is missing, or there is one that was not announced
 */
export function judge(
  { name }: Bench,
  figures: Figures,
  keys: readonly string[],
  targets: readonly Target[],
): Result {
  const missing = keys.filter((key) => !Number.isFinite(figures[key]))
  const strange = Object.keys(figures).filter((key) => !keys.includes(key))
  if (missing.length + strange.length > 0) {
    throw new Error(
      `${name}: missing ${missing.join(', ') || '–'}, not announced ${strange.join(', ') || '–'}`,
    )
  }
  return { figures, targets: targets.map((target) => ({ ...target, kept: isKept(target, figures) })) }
}

export function linesOf({ figures, targets }: Result): string[] {
  return [
    ...Object.entries(figures).map(([key, value]) => `  ${key.padEnd(34)}${value}`),
    ...targets.map(({ figure, atLeast, atMost, kept }) => {
      const bound = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`
      return `  ${kept ? '✓' : '✗'} ${figure} ${figures[figure]}, wanted ${bound}`
    }),
  ]
}

function isKept({ figure, atLeast, atMost }: Target, figures: Figures): boolean {
  const value = figures[figure] ?? Number.NaN
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity)
}
