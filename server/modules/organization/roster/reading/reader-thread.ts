import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReaderAnswer, ReaderTask } from './roster-reader.worker.js'
import { readRoster, type ReadingOptions, type ReadingStep } from './roster-reading.js'
import { codeOf, takesTooLong, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/** Compiled; where the sources themselves run there is none, and the file is read in the thread that asks. */
const THREAD = join(__dirname, 'roster-reader.worker.js')
/** MiB. The largest roster takes half of it; what takes more is refused, and the server goes on. */
const LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 }
/** How long the thread is waited for in all. The largest roster takes less than a minute. */
const PATIENCE_MS = 10 * 60_000

/**
 * Reads a roster in a thread of its own, so that requests are answered meanwhile. `bytes` are given away.
 * @param signal ends the thread whatever it is doing; who waits for a step is told by an error
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export function readAside(
  bytes: ArrayBuffer,
  options: ReadingOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadingStep, undefined> {
  return existsSync(THREAD) ? inThread(bytes, options, signal) : readRoster(Buffer.from(bytes), options)
}

async function* inThread(
  bytes: ArrayBuffer,
  options: ReadingOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadingStep, undefined> {
  const workerData: ReaderTask = { bytes, options }
  const thread = new Worker(THREAD, { workerData, transferList: [bytes], resourceLimits: LIMITS })
  return yield* stepsOf(thread, signal, PATIENCE_MS)
}

/**
 * The steps of a thread that answers each word with one, until it answers null. Ends the thread.
 * @param patienceMs how long it may be waited for in all; the time that storing its steps takes is not counted
 */
export async function* stepsOf(
  thread: Worker,
  signal: AbortSignal,
  patienceMs: number,
): AsyncGenerator<ReadingStep, undefined> {
  // To return from a generator is to wait until it has its next step, which a busy thread does not give.
  const end = () => void thread.terminate()
  signal.addEventListener('abort', end, { once: true })
  const patience = new Patience(patienceMs, end)
  const next = () => askFor(thread)
  try {
    signal.throwIfAborted()
    let coming = next()
    for (;;) {
      const answer = await patience.during(coming)
      if (answer === null) return undefined
      if (answer.step === 'refused') throw new UnreadableFile(answer.code, answer.message)
      // The next step is prepared while this one is stored.
      coming = next()
      // Should nobody come for it, its failure is nobody's concern.
      coming.catch(() => undefined)
      yield answer
    }
  } catch (error) {
    if (patience.isOver) throw takesTooLong()
    throw codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error
  } finally {
    signal.removeEventListener('abort', end)
    await thread.terminate()
  }
}

/** Time that may be spent waiting, over several waits. */
class Patience {
  isOver = false

  constructor(
    private leftMs: number,
    private readonly giveUp: () => void,
  ) {}

  async during<T>(work: Promise<T>): Promise<T> {
    const since = performance.now()
    const timer = setTimeout(() => {
      this.isOver = true
      this.giveUp()
    }, this.leftMs)
    try {
      return await work
    } finally {
      clearTimeout(timer)
      this.leftMs = Math.max(0, this.leftMs - (performance.now() - since))
    }
  }
}

/** One answer of the thread. @throws what ended it */
function askFor(thread: Worker): Promise<ReaderAnswer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit)
      finish()
    }
    const onMessage = (answer: ReaderAnswer) => settle(() => resolve(answer))
    const onError = (error: Error) => settle(() => reject(error))
    const onExit = () => settle(() => reject(new Error('the reading thread ended')))
    thread.on('message', onMessage).on('error', onError).on('exit', onExit)
    thread.postMessage('next')
  })
}
