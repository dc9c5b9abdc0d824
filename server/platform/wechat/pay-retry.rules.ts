/** The longest time in ms that a person who tapped "pay" waits for WeChat. */
export const PATIENCE_MS = 6_000
/** How often an order is sent in that time at most. */
export const MOST_ATTEMPTS = 3
/** Timeout of one attempt in ms. It is shorter than PATIENCE_MS, so that another attempt remains possible. */
export const ATTEMPT_TIMEOUT_MS = 4_000

const FIRST_WAIT_MS = 400

/**
 * How long to wait before the next attempt, in ms. The wait doubles with each attempt. Half of it is random, so that
 * requests that failed together are not repeated together. It is never shorter than WeChat's Retry-After.
 * @param attempt how many attempts have failed, from 1
 * @param chance a random number from 0 to 1
 * @param leftMs the rest of PATIENCE_MS
 * @returns undefined when no attempt remains or the time is too short
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
