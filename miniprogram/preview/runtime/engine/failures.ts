import { unavailable } from '../../shared/built-in-tags.js'

type FailureListener = (message: string) => void

const listeners = new Set<FailureListener>()

/** Called with a message when the app uses a feature that the preview lacks. */
export function onUnavailable(listener: FailureListener): void {
  listeners.add(listener)
}

/**
 * Refuses a feature that the preview lacks. The error goes to the caller, the banner and the console. Without it, a
 * page could work here and fail on a phone, or the other way round.
 */
export function refuse(what: string): never {
  const message = unavailable(what)
  for (const listener of listeners) listener(message)
  throw new Error(message)
}

/** Reports an error that would otherwise be lost, in the way the browser reports uncaught errors. */
export function reportUncaught(error: unknown): void {
  reportError(error)
}
