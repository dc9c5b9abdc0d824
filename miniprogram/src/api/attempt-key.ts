import { ApiError } from './api-error'

/** How many unanswered attempts are remembered. Older ones are dropped. */
const MOST_UNANSWERED = 20

const unanswered = new Map<string, string>()

/**
 * Sends a command that must be executed once. Until an answer comes, a repeated tap sends the same idempotency key, so
 * that the server does not execute the command twice. After an answer the next attempt gets a new key.
 *
 * @param what address and content of the command; equal for repetitions of one attempt
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

/** The server answers these before it looks at the command or its key: sign in again, too slow, too many requests. */
const STATUS_BEFORE_COMMAND = new Set([401, 408, 429])
/** These say nothing about the result: the first attempt still runs, or another sign-in was faster. */
const UNDECIDED_CODES = new Set(['request.still-running', 'auth.refresh-raced'])

/** Whether an error ends the attempt. Only a refusal of the command does; a server error may follow a finished command. */
export function isAnswered(error: unknown): boolean {
  if (!(error instanceof ApiError) || UNDECIDED_CODES.has(error.code)) return false
  return error.status >= 400 && error.status < 500 && !STATUS_BEFORE_COMMAND.has(error.status)
}

/** Makes a key. It must be unique but need not be secret, because the server binds it to the account. */
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
