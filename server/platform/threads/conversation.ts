import type { Worker } from 'node:worker_threads'

/** The work of a thread: it takes its task, then answers one question after the other. */
export type Answering<Task, Question, Answer> = (task: Task) => (question: Question) => Promise<Answer>

/** Sends questions to a thread. Task, questions and answers are copied, so they must be plain data and bytes. */
export interface Conversation<Question, Answer> {
  /** Ask one question at a time. @throws the error that ended the thread */
  ask(question: Question): Promise<Answer>
  /** Ends the thread at once. A question that waits for its answer fails. */
  end(): Promise<void>
}

interface Waiting<Answer> {
  resolve: (answer: Answer) => void
  reject: (error: Error) => void
}

/** @param thread runs `answerInThread` */
export class ThreadConversation<Question, Answer> implements Conversation<Question, Answer> {
  private waiting: Waiting<Answer> | null = null
  private failure: Error | null = null

  constructor(private readonly thread: Worker) {
    thread.on('message', (answer: Answer) => this.waiting?.resolve(answer))
    thread.on('error', (error: Error) => this.fail(error))
    thread.on('exit', () => this.fail(new Error('the thread ended')))
  }

  ask(question: Question): Promise<Answer> {
    if (this.failure) return Promise.reject(this.failure)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.thread.postMessage(question)
    })
  }

  async end(): Promise<void> {
    await this.thread.terminate()
  }

  private fail(error: Error): void {
    this.failure ??= error
    this.waiting?.reject(this.failure)
  }
}
