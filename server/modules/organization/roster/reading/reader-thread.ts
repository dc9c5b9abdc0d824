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
/** MiB. The largest roster takes half of it; what takes more is refused, and the server goes on. */
const HEAP_MB = 160
/** How long the thread is waited for in all. The largest roster takes less than a minute. */
const PATIENCE_MS = 10 * 60_000

/**
 * Reads a roster in a thread of its own, so that requests are answered meanwhile. `bytes` are given away. The thread
 * starts with the first step that is asked for.
 * @param signal ends the thread whatever it is doing; who waits for a step is told by an error
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
 * @param patienceMs how long it may be waited for in all; the time that storing its steps takes is not counted
 */
export async function* stepsOf(
  thread: Conversation<null, ReaderAnswer>,
  signal: AbortSignal,
  patienceMs: number,
): AsyncGenerator<ReadingStep, undefined> {
  // To return from a generator is to wait until it has its next step, which a busy thread does not give.
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
      // Should nobody come for it, its failure is nobody's concern.
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
