export interface Callbacks {
  success?: (result: object) => void
  fail?: (failure: Failure) => void
  complete?: (result: object) => void
}

/** An error besides, so that one nobody handles is reported with its words. */
export class Failure extends Error {
  constructor(readonly errMsg: string) {
    super(errMsg)
  }
}

/** What a wx function answers beside errMsg. */
type Answer = object | void | undefined

/**
 * Gives a function WeChat's calling convention: callbacks when there are any, else a promise;
 * failures carry "<name>:fail <reason>".
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

/** An on…/off… pair of functions and the way to call its listeners. */
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
