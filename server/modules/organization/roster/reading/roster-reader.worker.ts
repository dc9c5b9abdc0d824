import { parentPort, workerData } from 'node:worker_threads'
import { readRoster, type ReadingOptions, type ReadingStep } from './roster-reading.js'
import { UnreadableFile, type UnreadableFileCode } from './unreadable-file.error.js'

export interface ReaderTask {
  bytes: ArrayBuffer
  options: ReadingOptions
}

/** What the thread answers to each word it is sent; null when there is no more. */
export type ReaderAnswer = ReadingStep | { step: 'refused'; code: UnreadableFileCode; message: string } | null

/** One step for each word that comes in: who reads slowly lets the thread wait, and nothing piles up. */
function serve(): void {
  const { bytes, options } = workerData as ReaderTask
  const steps = readRoster(Buffer.from(bytes), options)
  parentPort?.on('message', () => {
    steps.next().then(
      ({ value }) => parentPort?.postMessage(value ?? null),
      (error: unknown) => {
        // Anything else ends the thread, and whoever waits for it is told.
        if (!(error instanceof UnreadableFile)) throw error
        parentPort?.postMessage({ step: 'refused', code: error.code, message: error.message })
      },
    )
  })
}

serve()
