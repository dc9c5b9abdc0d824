import { join } from 'node:path'
import {
  codeOf,
  takesTooLong,
  tooLarge,
  UnreadableFile,
} from '../../../../platform/spreadsheet/reading/unreadable-file.error.js'
import type { Conversation } from '../../../../platform/threads/conversation.js'
import { startThread } from '../../../../platform/threads/start-thread.js'
import { rosterReader, type ReaderAnswer, type ReadingOptions, type ReadingStep } from './roster-reading.js'

const READER = { file: join(__dirname, 'roster-reader.worker.js'), answering: rosterReader }
/** In MiB. The largest roster takes half of it. A file that needs more is refused, and the server keeps running. */
const HEAP_MB = 160
/** The longest total wait for the thread. The largest roster takes less than a minute. */
const PATIENCE_MS = 10 * 60_000

/**
 * Reads a roster in a thread of its own, so that requests are answered meanwhile. `bytes` are transferred to the
 * thread. The thread starts when the first step is asked for.
 * @param signal ends the thread at any time; a step that is awaited then fails with an error
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export async function* readAside(
  bytes: ArrayBuffer,
  options: ReadingOptions,
  signal: AbortSignal,
): AsyncGenerator<ReadingStep, undefined> {
  const thread = startThread(READER, { bytes, options }, { heapMb: HEAP_MB, transfer: [bytes] })
  return yield* stepsOf(thread, signal, PATIENCE_MS)
}

/**
 * The steps of a thread, until it answers null. Ends the thread.
 * @param patienceMs the longest total wait for the thread, without the time for storing its steps
 */
export async function* stepsOf(
  thread: Conversation<null, ReaderAnswer>,
  signal: AbortSignal,
  patienceMs: number,
): AsyncGenerator<ReadingStep, undefined> {
  // Returning from the generator waits for its next step, which a busy thread does not give: so the thread is ended.
  const end = () => void thread.end()
  signal.addEventListener('abort', end, { once: true })
  const patience = new Patience(patienceMs, end)
  try {
    signal.throwIfAborted()
    let coming = thread.ask(null)
    for (;;) {
      const answer = await patience.during(coming)
      if (answer === null) return undefined
      if (answer.step === 'refused') throw new UnreadableFile(answer.code, answer.message)
      // The next step is prepared while this one is stored.
      coming = thread.ask(null)
      // If nobody reads this step, its error must not become an unhandled rejection.
      coming.catch(() => undefined)
      yield answer
    }
  } catch (error) {
    if (patience.isOver) throw takesTooLong()
    throw codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error
  } finally {
    signal.removeEventListener('abort', end)
    await thread.end()
  }
}

/** The time limit for several waits together. */
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
