/** Milliseconds for which a job is left alone before it makes room for one that has not run at all. */
const HEAD_START_MS = 500

/**
 * Whether a running job hands its place to one that waits: when it has run for more than twice as long, so that a small
 * job comes in at once and large ones change places ever more rarely. The one that has run longest stays until it is
 * done, so that of several large ones one always gets on, also where much is lost when it is taken up anew.
 *
 * @param run one of `running`, which fill all places
 */
export function makesRoom<Running extends { ranMs: number }>(
  run: Running,
  running: readonly Running[],
  waiting: { ranMs: number },
): boolean {
  const [longest] = [...running].sort((one, other) => other.ranMs - one.ranMs)
  return run !== longest && run.ranMs >= 2 * waiting.ranMs + HEAD_START_MS
}
