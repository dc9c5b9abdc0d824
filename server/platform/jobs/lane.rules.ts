/** Ms that a job may run before it hands its place to a job that has not run yet. */
const HEAD_START_MS = 500

/**
 * Whether a running job hands its place to a waiting one: yes when it has run for more than twice as long. So a small
 * job starts at once, and large jobs change places less and less often. The job that has run longest keeps its place
 * until it is done. So of several large jobs one always gets on, even when a job loses much work by stopping.
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
