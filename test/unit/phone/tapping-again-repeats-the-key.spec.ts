import { ApiError, errorFromAnswer, offlineError } from '../../../miniprogram/src/api/api-error.js'
import { newKey, underKey } from '../../../miniprogram/src/api/attempt-key.js'

const refusal = (status: number, code: string) => errorFromAnswer(status, { code, message: '不行。' })

describe('Tapping a button again', () => {
  /** Taps; the server answers, refuses or is not heard. @returns the key that was sent */
  async function tap(what: string, ending?: ApiError): Promise<string> {
    let sent = ''
    const attempt = underKey(what, (key) => {
      sent = key
      return ending ? Promise.reject(ending) : Promise.resolve('done')
    })
    if (ending) await expect(attempt).rejects.toBe(ending)
    else await expect(attempt).resolves.toBe('done')
    return sent
  }

  it.each([
    ['no answer came', offlineError()],
    ['a gateway answered instead', errorFromAnswer(502, '<html>')],
    ['the server stumbled', refusal(500, 'unexpected')],
    ['the first is still running', refusal(409, 'request.still-running')],
    ['the sign-in has ended', refusal(401, 'auth.access-expired')],
    ['another sign-in went first', refusal(409, 'auth.refresh-raced')],
    ['the request arrived too slowly', refusal(408, 'request.too-slow')],
    ['too many requests', refusal(429, 'request.too-many')],
  ])('%s: the same key, until there is an answer', async (name, ending) => {
    const what = `/units ${name}`
    const first = await tap(what, ending)
    expect(await tap(what, ending)).toBe(first)
    expect(await tap(what)).toBe(first)
    expect(await tap(what)).not.toBe(first)
  })

  it.each([
    ['refused', refusal(400, 'unit.wrong-place')],
    ['done already', refusal(409, 'request.already-done')],
    ['used for something else', refusal(409, 'request.key-reused')],
  ])('%s: that is an answer, and the next attempt has a key of its own', async (name, ending) => {
    const what = `/units ${name}`
    const first = await tap(what, ending)
    expect(await tap(what)).not.toBe(first)
  })

  it('other content is another attempt', async () => {
    const first = await tap('/units {"name":"甲"}', offlineError())
    expect(await tap('/units {"name":"乙"}', offlineError())).not.toBe(first)
    expect(await tap('/units {"name":"甲"}')).toBe(first)
  })

  it('attempts whose end nobody has heard do not pile up for ever', async () => {
    const first = await tap('/units first', offlineError())
    for (let n = 0; n < 50; n++) await tap(`/units ${n}`, offlineError())
    expect(await tap('/units first')).not.toBe(first)
  })

  it('keys are what the server takes, and none is like another', () => {
    const keys = Array.from({ length: 2000 }, newKey)
    expect(keys.filter((key) => !/^[\w-]{8,64}$/.test(key))).toEqual([])
    expect(new Set(keys).size).toBe(keys.length)
  })
})
