/*
 * The spreadsheet library tells the console what it thinks of a workbook and quotes it: a name of a sheet may hold
 * personal data, and standard output is our log.
 */
const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const

type Output = Pick<typeof globalThis.console, (typeof METHODS)[number]>

let silent = 0
let loud: Output | undefined

/** Runs `work` while nothing reaches the console; calls may overlap. Our own log does not pass through it. */
export async function inSilence<T>(work: () => Promise<T>): Promise<T> {
  const output = globalThis.console
  if (silent === 0) {
    loud = { ...pick(output) }
    for (const method of METHODS) output[method] = () => undefined
  }
  silent += 1
  try {
    return await work()
  } finally {
    silent -= 1
    if (silent === 0 && loud) Object.assign(output, loud)
  }
}

function pick({ debug, error, info, log, trace, warn }: Output): Output {
  return { debug, error, info, log, trace, warn }
}
