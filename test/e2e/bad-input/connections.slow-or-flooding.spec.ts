import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { openVillage, type Village } from '../../support/village.js'
import { refusalIn, rowCounts } from './refusal.js'

/** A drop now and then, always sooner than silence would be noticed. */
const DRIBBLE_MS = 40
const LONGEST_MS = 20_000

describe('who dribbles or floods is cut off', () => {
  let village: Village
  let baseUrl: string

  beforeAll(async () => {
    village = await openVillage(undefined, {
      configure: (config) => {
        config.requestSeconds = 1
      },
    })
    ;({ baseUrl } = village.world)
  })
  afterAll(() => village.world.close())

  /** Sends a beginning, then drops until the server has had enough. @returns what it said before it hung up */
  async function dribble(beginning: string, drop: string): Promise<string> {
    const { hostname, port } = new URL(baseUrl)
    let said = ''
    let isOpen = true
    const socket: Socket = connect(Number(port), hostname)
    socket.on('data', (chunk) => (said += chunk.toString('utf8')))
    socket.on('close', () => (isOpen = false))
    // Writing into a connection that was just cut.
    socket.on('error', () => undefined)
    socket.write(beginning)
    const deadline = Date.now() + LONGEST_MS
    while (isOpen && Date.now() < deadline) {
      await pause(DRIBBLE_MS)
      if (isOpen) socket.write(drop)
    }
    socket.destroy()
    if (Date.now() >= deadline) throw new Error('the server would have listened for ever')
    return said
  }
  const problemIn = (said: string): Problem => {
    const [head = '', body = ''] = said.split('\r\n\r\n')
    expect(head).toMatch(/content-type: application\/problem\+json/i)
    const problem = JSON.parse(body) as Problem
    expect(head).toContain(problem.requestId)
    expect(problem.message).toMatch(/\p{Script=Han}.*。$/u)
    return problem
  }

  it('a header that never ends', async () => {
    const said = await dribble('GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a')
    expect(problemIn(said)).toMatchObject({ status: 408, code: 'request.too-slow' })
  })

  it('a body that never ends', async () => {
    const before = await rowCounts(village.world)
    const head =
      'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"code":"'
    const said = await dribble(head, 'a')
    expect(problemIn(said)).toMatchObject({ status: 408, code: 'request.too-slow' })
    expect(await rowCounts(village.world)).toEqual(before)
  })

  it('a client that never says anything', async () => {
    expect(problemIn(await dribble('', ''))).toMatchObject({ status: 408 })
  })

  it('meanwhile others are served, and who sends steadily is heard', async () => {
    const slow = dribble('GET / HTTP/1.1\r\nX-Slow: ', 'a')
    await request(baseUrl).get('/healthz').expect(200)
    await slow
  })

  it('headers beyond all measure', async () => {
    const said = await dribble(`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}`, '')
    expect(problemIn(said)).toMatchObject({ status: 431, code: 'request.headers-too-large' })
  })

  it('what is no HTTP', async () => {
    expect(problemIn(await dribble('党员\r\n\r\n', ''))).toMatchObject({ status: 400 })
  })

  it('an address beyond all measure', async () => {
    const answer = await request(baseUrl).get(`/api/v1/members?q=${'a'.repeat(5_000)}`)
    expect(refusalIn(answer)).toMatchObject({ status: 414, code: 'request.address-too-long' })
  })
})
