import type { Bench, Figures, World } from './bench.js'
import type { Build } from './builds.js'
import { alternate } from './rounds.js'

/** Keys of what comparing two builds finds. */
export const comparedKeys = (figures: readonly string[]): string[] =>
  figures.flatMap((figure) => [`afterToBefore.${figure}`, `before.${figure}`, `after.${figure}`])

/** The same rounds for an earlier product and for this one; each has its own database, so neither does the other's work. */
export async function compare(bench: Bench, world: World, before: Build): Promise<Figures> {
  const { comparison, rounds } = bench
  if (!comparison || !rounds) throw new Error(`${bench.name} compares nothing`)
  const sides = [
    ['before', await comparison.prepare(world, before)],
    ['after', await comparison.prepare(world, world.build)],
  ] as const
  const measured = await alternate(sides, world.settings[rounds], world.say)
  return Object.fromEntries(
    comparison.figures.flatMap((figure) => [
      [`afterToBefore.${figure}`, measured.ratio(`after.${figure}`, `before.${figure}`)],
      [`before.${figure}`, measured.median(`before.${figure}`)],
      [`after.${figure}`, measured.median(`after.${figure}`)],
    ]),
  )
}
