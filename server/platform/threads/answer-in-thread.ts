import { parentPort, workerData } from 'node:worker_threads'
import type { Answering } from './conversation.js'

/**
 * Makes this thread answer the questions of the caller of `startThread`. Each answer waits for its question, so a
 * slow caller makes the thread wait and nothing piles up.
 */
export function answerInThread<Task, Question, Answer>(answering: Answering<Task, Question, Answer>): void {
  const answer = answering(workerData as Task)
  parentPort?.on('message', (question: Question) => {
    answer(question).then(
      (found) => parentPort?.postMessage(found),
      // Not caught here: the error ends the thread, and the caller gets it.
      (error: unknown) => {
        throw error
      },
    )
  })
}
