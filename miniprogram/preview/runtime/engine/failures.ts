import { unavailable } from '../../shared/built-in-tags.js'

type FailureListener = (message: string) => void

const listeners = new Set<FailureListener>()

/** Called with the message of everything the app asked for and the preview lacks. */
export function onUnavailable(listener: FailureListener): void {
  listeners.add(listener)
}

/**
 * Refuses what the preview cannot do. The error reaches the caller, the banner and the console:
 * a silent sandbox would let a page pass here and fail on a phone, or the other way round.
 */
export function refuse(what: string): never {
  const message = unavailable(what)
  for (const listener of listeners) listener(message)
  throw new Error(message)
}

/** Reports an error that would otherwise be swallowed, as the browser reports uncaught ones. */
export function reportUncaught(error: unknown): void {
  reportError(error)
}
