/**
 * Waits for work that goes on by itself and never fails, but no longer than this.
 * @param patienceMs undefined: as long as it takes
 */
export async function within(patienceMs: number | undefined, work: Promise<void>): Promise<void> {
  if (patienceMs === undefined) return work
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, Math.max(0, patienceMs))))
  await Promise.race([work, patience]).finally(() => clearTimeout(timer))
}
