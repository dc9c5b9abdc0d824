import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReaderAnswer, ReaderTask } from './roster-reader.worker.js'
import { readRoster, type ReadingOptions, type ReadingStep } from './roster-reading.js'
import { codeOf, tooLarge, UnreadableFile } from './unreadable-file.error.js'

/** Compiled; where the sources themselves run there is none, and the file is read in the thread that asks. */
const THREAD = join(__dirname, 'roster-reader.worker.js')
/** MiB. The largest roster takes half of it; what takes more is refused, and the server goes on. */
const LIMITS = { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 }

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
  const next = () => askFor(thread)
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
