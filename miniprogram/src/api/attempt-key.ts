import { ApiError } from './api-error'

/** Attempts nobody has heard the end of are few; older ones are given up. */
const MOST_UNANSWERED = 20

const unanswered = new Map<string, string>()

/**
 * Sends something that must be done once. While no answer comes, tapping again repeats the same key, so that the
 * server answers with what it may already have done; an answer ends the attempt, and the next one has a new key.
 *
 * @param what address and content: the same attempt says the same
 * @throws what `send` throws
 */
export async function underKey<T>(what: string, send: (key: string) => Promise<T>): Promise<T> {
  const key = unanswered.get(what) ?? newKey()
  unanswered.set(what, key)
  dropOldest()
  try {
    const answer = await send(key)
    unanswered.delete(what)
    return answer
  } catch (error) {
    if (isAnswered(error)) unanswered.delete(what)
    throw error
  }
}

/** A server error may have come after the work was done, and “still running” is no end: only a refusal ends an attempt. */
export function isAnswered(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.code === 'request.still-running') return false
  return error.status >= 400 && error.status < 500
}

/** Has to be unlike every other key, not secret: the server binds it to the account. */
export function newKey(): string {
  const random = () => Math.random().toString(36).slice(2, 12)
  return `${Date.now().toString(36)}-${random()}${random()}`
}

function dropOldest(): void {
  for (const what of unanswered.keys()) {
    if (unanswered.size <= MOST_UNANSWERED) return
    unanswered.delete(what)
  }
}
