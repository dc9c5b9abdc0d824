import { existsSync } from 'node:fs'
import { Worker, type TransferListItem } from 'node:worker_threads'
import { ThreadConversation, type Answering, type Conversation } from './conversation.js'

export interface ThreadProgram<Task, Question, Answer> {
  /** Path of the compiled module that hands `answering` to `answerInThread`. */
  file: string
  answering: Answering<Task, Question, Answer>
}

export interface ThreadOptions {
  /** Heap for long-lived objects, in MiB; a thread that needs more ends with ERR_WORKER_OUT_OF_MEMORY. */
  heapMb: number
  /** Parts of the task that are transferred instead of copied. */
  transfer?: TransferListItem[]
}

/** Heap for all other objects, in MiB. */
const YOUNG_HEAP_MB = 16

/**
 * Starts a thread. Sources that run uncompiled, as under jest, have no file that a thread could run. Then the same
 * function answers in the calling thread.
 */
export function startThread<Task, Question, Answer>(
  { file, answering }: ThreadProgram<Task, Question, Answer>,
  task: Task,
  { heapMb, transfer = [] }: ThreadOptions,
): Conversation<Question, Answer> {
  if (!existsSync(file)) return { ask: answering(task), end: () => Promise.resolve() }
  const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB }
  return new ThreadConversation(
    new Worker(file, { workerData: task, transferList: transfer, resourceLimits }),
  )
}
