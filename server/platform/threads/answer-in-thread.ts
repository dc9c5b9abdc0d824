import { parentPort, workerData } from 'node:worker_threads'
import type { Answering } from './conversation.js'

/**
 * Makes this thread answer what `startThread` asks. Each answer waits for its question, so a slow asker lets the thread
 * wait and nothing piles up.
 */
export function answerInThread<Task, Question, Answer>(answering: Answering<Task, Question, Answer>): void {
  const answer = answering(workerData as Task)
  parentPort?.on('message', (question: Question) => {
    answer(question).then(
      (found) => parentPort?.postMessage(found),
      // Nobody catches it here: it ends the thread, and the asker is told.
      (error: unknown) => {
        throw error
      },
    )
  })
}
