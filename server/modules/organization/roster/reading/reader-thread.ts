import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReaderAnswer, ReaderTask } from './roster-reader.worker.js'
import { readRoster, type ReadingOptions, type ReadingStep } from './roster-reading.js'
import { codeOf, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/** Compiled; where the sources themselves run there is none, and the file is read in the thread that asks. */
const THREAD = join(__dirname, 'roster-reader.worker.js')
/** MiB. The largest roster takes a third; what takes more is refused, and the server goes on. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

/**
 * Reads a roster in a thread of its own, so that requests are answered meanwhile. `bytes` are given away.
 * @throws UnreadableFile when the file as a whole cannot be used
 */
export function readAside(
  bytes: ArrayBuffer,
  options: ReadingOptions,
): AsyncGenerator<ReadingStep, undefined> {
  return existsSync(THREAD) ? inThread(bytes, options) : readRoster(Buffer.from(bytes), options)
}

async function* inThread(
  bytes: ArrayBuffer,
  options: ReadingOptions,
): AsyncGenerator<ReadingStep, undefined> {
  const workerData: ReaderTask = { bytes, options }
  const thread = new Worker(THREAD, { workerData, transferList: [bytes], resourceLimits: LIMITS })
  const gone = once(thread, 'exit').then(() => Promise.reject(new Error('the reading thread ended')))
  gone.catch(() => undefined)
  const next = async (): Promise<ReaderAnswer> => {
    thread.postMessage('next')
    return ((await Promise.race([once(thread, 'message'), gone])) as [ReaderAnswer])[0]
  }
  try {
    let coming = next()
    for (;;) {
      const answer = await coming
      if (answer === null) return undefined
      if (answer.step === 'refused') throw new UnreadableFile(answer.code, answer.message)
      // The next step is prepared while this one is stored.
      coming = next()
      // Should nobody come for it, its failure is nobody's concern.
      coming.catch(() => undefined)
      yield answer
    }
  } catch (error) {
    throw codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error
  } finally {
    await thread.terminate()
  }
}
