import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'

/**
 * Begins something so many times a second, at a constant rate, whether or not what was begun before is done. Each time
 * counts from the moment when it was due: a server that falls behind, or a load that does, cannot hide it
 * (coordinated omission).
 * @param until resolves when no more are to be begun
 * @param one does it once and says how many milliseconds it took
 * @returns milliseconds of each
 * @throws the first error of `one` or `until`, without waiting for the others
 */
export async function openLoad(
  perSecond: number,
  until: Promise<unknown>,
  one: (index: number) => Promise<number>,
): Promise<number[]> {
  const times: number[] = []
  const failures: unknown[] = []
  let isOver = false
  const fail = (error: unknown) => {
    failures.push(error)
    isOver = true
  }
  const end = until.then(() => void (isOver = true), fail)
  const underWay = new Set<Promise<void>>()
  const startedAt = performance.now()
  for (let index = 0; ; index++) {
    const dueAt = startedAt + (index * 1000) / perSecond
    const early = dueAt - performance.now()
    await (early > 0 ? pause(early) : nextTurn())
    if (isOver) break
    const late = Math.max(0, performance.now() - dueAt)
    const begun = one(index)
      .then((milliseconds) => void times.push(late + milliseconds), fail)
      .finally(() => underWay.delete(begun))
    underWay.add(begun)
  }
  if (failures.length === 0) await Promise.all([end, ...underWay])
  if (failures.length > 0) throw failures[0]
  return times
}
