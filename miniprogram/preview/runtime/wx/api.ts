export interface Callbacks {
  success?: (result: object) => void
  fail?: (failure: Failure) => void
  complete?: (result: object) => void
}

/** WeChat's result object, and an Error as well, so that the browser reports an unhandled one with its message. */
export class Failure extends Error {
  constructor(readonly errMsg: string) {
    super(errMsg)
  }
}

/** The result of a wx function, without errMsg. */
type Answer = object | void | undefined

/**
 * Gives a function WeChat's calling convention: it calls the callbacks if there are any, otherwise it returns a promise.
 * A failure has the message "<name>:fail <reason>".
 */
export function api<Options extends object>(
  name: string,
  act: (options: Options) => Answer | Promise<Answer>,
) {
  return (given?: Options & Callbacks): Promise<object> | undefined => {
    const options = given ?? ({} as Options & Callbacks)
    const { success, fail, complete } = options
    const run = async (): Promise<object> => ({ errMsg: `${name}:ok`, ...(await act(options)) })
    const outcome = run().catch((error: unknown) => {
      throw new Failure(`${name}:fail ${reason(error)}`)
    })
    if (!success && !fail && !complete) return outcome
    outcome.then(
      (result) => {
        success?.(result)
        complete?.(result)
      },
      (failure: Failure) => {
        fail?.(failure)
        complete?.(failure)
      },
    )
    return undefined
  }
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

type Listener = (value: object) => void

/** A pair of on…/off… functions, and a function that calls the listeners. */
export function eventSource(onStart: (emit: Listener) => void): {
  on: (listener: Listener) => void
  off: (listener?: Listener) => void
} {
  const listeners = new Set<Listener>()
  onStart((value) => {
    for (const listener of [...listeners]) listener(value)
  })
  return {
    on: (listener) => void listeners.add(listener),
    off: (listener) => {
      if (listener) listeners.delete(listener)
      else listeners.clear()
    },
  }
}
