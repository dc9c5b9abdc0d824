import { Worker } from 'node:worker_threads'
import { ThreadConversation } from '../../../server/platform/threads/conversation.js'
import { startThread } from '../../../server/platform/threads/start-thread.js'

const talkWith = (program: string) =>
  new ThreadConversation<number, number>(
    new Worker(`const { parentPort } = require('node:worker_threads'); ${program}`, { eval: true }),
  )

describe('A conversation with a thread', () => {
  it('brings an answer for each question, until it is ended', async () => {
    const thread = talkWith(`parentPort.on('message', (number) => parentPort.postMessage(2 * number))`)
    expect([await thread.ask(1), await thread.ask(21)]).toEqual([2, 42])
    await thread.end()
    await expect(thread.ask(1)).rejects.toThrow('ended')
  })

  it('fails with what ended the thread, also for who asks later', async () => {
    const thread = talkWith(`parentPort.on('message', () => { throw new RangeError('too much') })`)
    await expect(thread.ask(1)).rejects.toThrow('too much')
    await expect(thread.ask(1)).rejects.toThrow('too much')
  })

  it('fails for who waits when the thread is ended', async () => {
    const thread = talkWith(`parentPort.on('message', () => { for (;;) {} })`)
    const waiting = thread.ask(1)
    const failed = expect(waiting).rejects.toThrow('ended')
    await thread.end()
    await failed
  })

  it('is held in the same thread where nothing is compiled', async () => {
    const program = {
      file: `${__filename}.nowhere`,
      answering: (base: number) => (n: number) => Promise.resolve(base + n),
    }
    const talk = startThread(program, 40, { heapMb: 16 })
    expect(await talk.ask(2)).toBe(42)
    await talk.end()
  })
})
