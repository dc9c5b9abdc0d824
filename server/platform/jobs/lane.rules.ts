/** Milliseconds that a job runs before it makes room for one that has not run at all. */
const HEAD_START_MS = 250

/**
 * Which of the jobs that fill the places of a lane hand theirs to jobs that wait. Whoever has run for more than twice as
 * long as one that waits makes room for it: a small job comes in at once, and large ones change places ever more
 * rarely. The one that has run longest stays until it is done: of several large ones one always gets on, also those
 * that lose much when they are taken up anew.
 *
 * @param running those that have not been asked yet
 * @param waiting those for which no place is free, who comes next first
 */
export function makingRoom<Running extends { ranMs: number }>(
  running: readonly Running[],
  waiting: ReadonlyArray<{ ranMs: number }>,
): Running[] {
  const [, ...others] = [...running].sort((one, other) => other.ranMs - one.ranMs)
  return others.filter((run, index) => {
    const next = waiting[index]
    return next !== undefined && run.ranMs >= 2 * next.ranMs + HEAD_START_MS
  })
}
