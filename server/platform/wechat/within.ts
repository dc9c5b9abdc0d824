/**
 * Waits for work, but no longer than `patienceMs`. The work itself continues after that.
 * @param patienceMs undefined: waits until the work ends
 * @param work must never reject
 */
export async function within(patienceMs: number | undefined, work: Promise<void>): Promise<void> {
  if (patienceMs === undefined) return work
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.max(0, patienceMs))))
  await Promise.race([work, patience]).finally(() => clearTimeout(timer))
}
