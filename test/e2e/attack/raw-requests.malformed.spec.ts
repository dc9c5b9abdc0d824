import { connect } from 'node:net'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { openVillage, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'
import { RowWatch } from '../routes/stage/row-watch.js'

describe('requests that are hardly HTTP', () => {
  let village: Village
  let token: string
  let watch: RowWatch

  beforeAll(async () => {
    village = await openVillage()
    token = (await village.as('li')).token
    watch = await RowWatch.begin(village.world)
  })
  afterAll(() => village.world.close())

  /** Writes bytes as they are. @returns all that came back until the server hung up */
  const exchange = (...lines: string[]): Promise<string> => {
    const { hostname, port } = new URL(village.world.baseUrl)
    return new Promise((resolve, reject) => {
      let received = ''
      const socket = connect(Number(port), hostname, () => socket.write(lines.join('\r\n'), 'latin1'))
      socket.on('data', (chunk) => (received += chunk.toString('utf8')))
      socket.on('close', () => resolve(received))
      socket.on('error', reject)
    })
  }
  /** The one answer in it, and that it was a refusal like any other. */
  const refusal = (received: string): Problem => {
    expect(received.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
    const [head = '', text = ''] = received.split('\r\n\r\n')
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => [line.split(':')[0]?.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    ) as Record<string, string>
    return refusalIn({ status: Number(head.split(' ')[1]), text, headers })
  }
  const HIDDEN = ['DELETE /api/v1/me/consent HTTP/1.1', 'Host: a']
  const authorized = () => `Authorization: Bearer ${token}`

  it.each([
    ['a length and chunks', ['Content-Length: 6', 'Transfer-Encoding: chunked'], ['0', '']],
    ['two lengths', ['Content-Length: 0', 'Content-Length: 200'], []],
    ['a length that is no number', ['Content-Length: 0x10'], []],
    ['chunks that are not the last coding', ['Transfer-Encoding: chunked, identity'], ['0', '']],
    ['a coding with an odd space', ['Transfer-Encoding : chunked'], ['0', '']],
    ['a chunk whose length is nonsense', ['Transfer-Encoding: chunked'], ['zz', '']],
  ])('smuggle nothing behind %s', async (_, framing, body) => {
    const received = await exchange(
      ...['PUT /api/v1/me/preferences HTTP/1.1', 'Host: a', 'Content-Type: application/json', authorized()],
      ...[...framing, '', ...body, ...HIDDEN, authorized(), 'Connection: close', '', ''],
    )
    expect(refusal(received)).toMatchObject({ status: 400, code: 'request.malformed' })
    expect(await watch.changes()).toEqual([])
  })

  it.each([
    ['headers without end', [`X-A: ${'a'.repeat(70_000)}`], 431, 'request.headers-too-large'],
    ['an address without end', [], 431, 'request.headers-too-large'],
  ])('%s are refused in words', async (what, headers, status, code) => {
    const path = what.startsWith('an address') ? `/${'a'.repeat(70_000)}` : '/api/v1/me'
    const received = await exchange(
      `GET ${path} HTTP/1.1`,
      'Host: a',
      ...headers,
      'Connection: close',
      '',
      '',
    )
    expect(refusal(received)).toMatchObject({ status, code })
  })

  it.each([
    ['a method nobody knows', 'BREW /api/v1/me HTTP/1.1'],
    ['a version of the future', 'GET /api/v1/me HTTP/9.9'],
    ['nothing of HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001'],
  ])('%s', async (_, line) => {
    expect(refusal(await exchange(line, 'Host: a', '', ''))).toMatchObject({ status: 400 })
  })

  it('a line break in a header starts no new header, neither in the answer nor in the log', async () => {
    for (const id of [
      'abcdefgh\rSet-Cookie: a=b',
      'abcdefgh\nSet-Cookie: a=b',
      'abcdefgh\u0000',
      'abcdefgh%0d%0aSet-Cookie: a=b',
    ]) {
      const received = await exchange(
        'GET /api/v1/me HTTP/1.1',
        'Host: a',
        `X-Request-Id: ${id}`,
        'Connection: close',
        '',
        '',
      )
      expect(received).not.toMatch(/^set-cookie/im)
      expect(refusal(received).requestId).toMatch(/^[\w-]{8,64}$/)
      expect(refusal(received).requestId).not.toContain('%0d')
    }
  })

  it('an id that came twice belongs to nobody', async () => {
    const received = await exchange(
      ...['GET /api/v1/me HTTP/1.1', 'Host: a', 'X-Request-Id: abcdefgh', 'X-Request-Id: ijklmnop'],
      ...['Connection: close', '', ''],
    )
    expect(refusal(received).requestId).toMatch(/^[0-9A-Z]{26}$/)
  })
})
