import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { ReaderAnswer } from '../../../server/modules/organization/roster/reading/roster-reading.js'
import { ThreadConversation } from '../../../server/platform/threads/conversation.js'
import { stepsOf } from '../../../server/modules/organization/roster/reading/reader-thread.js'

const HOUR_MS = 3600_000
/** Says one step, then works without ever looking up. */
const BUSY = `
  const { parentPort } = require('node:worker_threads')
  let asked = 0
  parentPort.on('message', () => {
    if (asked++ > 0) for (;;) {}
    parentPort.postMessage({ step: 'end', notes: [] })
  })`

const talkWith = (thread: Worker) => new ThreadConversation<null, ReaderAnswer>(thread)

describe('A thread that reads', () => {
  it('is ended while it works when nobody wants the file any more', async () => {
    const thread = new Worker(BUSY, { eval: true })
    const ended = once(thread, 'exit')
    const nobody = new AbortController()
    const steps = stepsOf(talkWith(thread), nobody.signal, HOUR_MS)
    expect(await steps.next()).toEqual({ done: false, value: { step: 'end', notes: [] } })
    const pending = steps.next()
    const returned = steps.return(undefined)
    nobody.abort()
    await expect(pending).rejects.toThrow('ended')
    await returned
    await ended
  })

  it('is ended when it takes longer than anybody waits, and the file is refused in words', async () => {
    const thread = new Worker('for (;;) {}', { eval: true })
    const ended = once(thread, 'exit')
    const steps = stepsOf(talkWith(thread), new AbortController().signal, 50)
    await expect(steps.next()).rejects.toMatchObject({
      code: 'workbook-too-large',
      message: expect.stringMatching(/没有读完.*请.*。$/) as string,
    })
    await ended
  })

  it('is ended after its last step', async () => {
    const thread = new Worker(
      `require('node:worker_threads').parentPort.on('message', function () { this.postMessage(null) })`,
      { eval: true },
    )
    const ended = once(thread, 'exit')
    expect(await stepsOf(talkWith(thread), new AbortController().signal, HOUR_MS).next()).toEqual({
      done: true,
    })
    await ended
  })
})
