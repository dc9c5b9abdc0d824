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

/** Who is to sign in again, too slow or too often is told so before anybody looks at the command or its key. */
const SAID_BEFOREHAND = new Set([401, 408, 429])
/** A first attempt may still end well; a sign-in that another overtook says nothing about the command. */
const NO_END = new Set(['request.still-running', 'auth.refresh-raced'])

/** A server error may have come after the work was done: only a refusal of the command itself ends an attempt. */
export function isAnswered(error: unknown): boolean {
  if (!(error instanceof ApiError) || NO_END.has(error.code)) return false
  return error.status >= 400 && error.status < 500 && !SAID_BEFOREHAND.has(error.status)
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
