/** As long as a person who has tapped "pay" may be kept waiting for WeChat. */
export const PATIENCE_MS = 6_000
/** How often an order is sent in that time. */
export const MOST_ATTEMPTS = 3
/** One attempt must not use up all the patience. */
export const ATTEMPT_TIMEOUT_MS = 4_000

const FIRST_WAIT_MS = 400

/**
 * How long to wait before the next attempt: doubling, half of it by chance, so that people who were refused together
 * do not come back together; never shorter than WeChat asks.
 * @param attempt how many attempts have failed, from 1
 * @param chance from 0 to 1
 * @param leftMs what is left of the patience
 * @returns undefined when there is no point in trying again
 */
export function waitBeforeNext(
  attempt: number,
  chance: number,
  leftMs: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (attempt >= MOST_ATTEMPTS) return undefined
  const backoff = FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + chance / 2)
  const wait = Math.max(Math.round(backoff), retryAfterMs ?? 0)
  return wait < leftMs ? wait : undefined
}
