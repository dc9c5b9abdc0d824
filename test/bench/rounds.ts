import type { Figures } from './bench.js'
import { median, medianRatio, rounded } from './statistics.js'

/** Measures something once. */
export type Measure = () => Promise<Figures>

/** What every round found, by `<side>.<figure>`. */
export class Measured {
  private readonly values: Record<string, number[]> = {}

  note(side: string, figures: Figures): void {
    for (const [figure, value] of Object.entries(figures))
      (this.values[`${side}.${figure}`] ??= []).push(value)
  }

  median(key: string): number {
    return rounded(median(this.values[key] ?? []))
  }

  highest(key: string): number {
    return rounded(Math.max(...(this.values[key] ?? [])))
  }

  medians(): Figures {
    return Object.fromEntries(Object.keys(this.values).map((key) => [key, this.median(key)]))
  }

  /** The median of what one was to the other in the same round. */
  ratio(one: string, other: string): number {
    return rounded(medianRatio(this.values[one], this.values[other]))
  }
}

/**
 * Measures the sides in turn, so that what is compared was measured while the machine was the same. Every second round
 * goes the other way, so that no side is always the first.
 */
export async function alternate(
  sides: ReadonlyArray<readonly [name: string, measure: Measure]>,
  rounds: number,
  say: (line: string) => void,
): Promise<Measured> {
  const measured = new Measured()
  for (let round = 1; round <= rounds; round++) {
    for (const [name, measure] of round % 2 === 1 ? sides : sides.toReversed()) {
      const figures = await measure()
      measured.note(name, figures)
      const words = Object.entries(figures).map(([key, value]) => `${key} ${rounded(value)}`)
      say(`  round ${round} ${name.padEnd(8)}${words.join('  ')}`)
    }
  }
  return measured
}
