import { connect } from 'node:net'
import request from 'supertest'
import { MOST_UPLOAD_BYTES } from '../../../server/platform/http/upload.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { fieldsIn, refusalIn, rowCounts } from './refusal.js'

/** Microseconds of the processor: the machine may be busy with other things. */
const MOST_CPU_US = 1_000_000

describe('what cannot be read is refused in words, and stores nothing', () => {
  let village: Village
  let zhou: Caller
  let before: Record<string, number>

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
  })
  beforeEach(async () => {
    before = await rowCounts(village.world)
  })
  afterEach(async () => expect(await rowCounts(village.world)).toEqual(before))
  afterAll(() => village.world.close())

  const signIn = (body: string, mediaType = 'application/json') =>
    request(village.world.baseUrl).post('/api/v1/sessions').set('content-type', mediaType).send(body)
  const upload = () =>
    request(village.world.baseUrl).post('/api/v1/roster-imports').set('authorization', `Bearer ${zhou.token}`)

  it.each([
    ['half of it', '{"code":"abc","privacy'],
    ['nothing', ''],
    ['a comment', '{"code":"abc" /* once */}'],
    ['two objects', '{}{}'],
    ['a bare word', 'code=abc'],
    ['bytes that are no text', '\u0000\u0001\u0002'],
  ])('JSON that is %s', async (_, body) => {
    const problem = refusalIn(await signIn(body))
    expect([problem.status, problem.code]).toEqual([400, 'request.malformed'])
  })

  it.each([
    ['HEAD', ''],
    ['GET', 'request.malformed'],
  ])('an address of stray bytes, asked for with %s: a body only where one is read', async (method, code) => {
    const { hostname, port } = new URL(village.world.baseUrl)
    const socket = connect(Number(port), hostname)
    socket.write(Buffer.from(`${method} /api/v1/me?x=\xff HTTP/1.1\r\nhost: zhibu\r\n\r\n`, 'latin1'))
    const said = (await socket.toArray()).join('')
    const [head = '', body = ''] = said.split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 400 /)
    expect(head).toMatch(/x-request-id: \w{26}/i)
    expect(body).toEqual(code ? expect.stringContaining(code) : '')
  })

  it('an address that means no character, by a method it does not have: the number of the request is in the header too', async () => {
    const answer = await request(village.world.baseUrl)
      .patch('/api/v1/units/%ed%a0%80/dues-policy')
      .set('authorization', `Bearer ${zhou.token}`)
      .send({ farmerFen: 0 })
    const problem = refusalIn(answer)
    expect(answer.headers['x-request-id']).toBe(problem.requestId)
  })

  it.each([
    ['{"__proto__":{"polluted":true},"code":"abc","privacyVersion":1}'],
    ['{"code":{"__proto__":{"polluted":true}},"privacyVersion":1}'],
    ['{"constructor":{"prototype":{"polluted":true}},"code":"abc","privacyVersion":1}'],
  ])('a body that reaches for the prototype: %s', async (body) => {
    expect(refusalIn(await signIn(body)).status).toBe(400)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('a field whose name was made up is named, but not repeated as it is', async () => {
    const name = `颜色\r\n请转账到\u202e${'x'.repeat(5_000)}`
    for (const mediaType of ['application/json', 'application/x-www-form-urlencoded']) {
      const body =
        mediaType === 'application/json' ? JSON.stringify({ [name]: 1 }) : `${encodeURIComponent(name)}=1`
      const answer = await signIn(body, mediaType)
      expect(fieldsIn(answer)[0]).toMatch(/^颜色\?\?请转账到\?x{20,60}$/)
      expect(answer.text.length).toBeLessThan(1_000)
    }
  })

  it.each([
    ['text/plain', 400],
    ['application/x-www-form-urlencoded', 400],
    ['application/xml', 415],
    ['application/json-patch+json', 415],
    ['nonsense', 415],
  ])('the media type %s', async (mediaType, status) => {
    expect(refusalIn(await signIn('{"code":"abc","privacyVersion":1}', mediaType)).status).toBe(status)
  })

  it('more than a request may weigh', async () => {
    const problem = refusalIn(
      await signIn(JSON.stringify({ code: 'x'.repeat(260 * 1024), privacyVersion: 1 })),
    )
    expect(problem).toMatchObject({ status: 413, code: 'request.too-large' })
  })

  it.each([
    ['lists in lists', `{"privacyVersion":1,"code":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['objects in objects', `{"privacyVersion":1,"code":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ])('%s without end', async (_, body) => {
    expect(fieldsIn(await signIn(body))).toEqual(['code'])
  })

  it('thousands of values where a few are meant, without listing every one in the refusal', async () => {
    const start = process.cpuUsage()
    const answer = await zhou.put(`/roster-imports/${village.committee.id}/unit-matches`, {
      matches: Array.from({ length: 4_000 }, () => 1),
    })
    expect(fieldsIn(answer).length).toBeLessThanOrEqual(20)
    expect(process.cpuUsage(start).user).toBeLessThan(MOST_CPU_US)
    const more = await zhou.put(`/roster-imports/${village.committee.id}/unit-matches`, {
      matches: Array.from({ length: 50_000 }, () => 1),
    })
    expect(fieldsIn(more)).toEqual(['matches'])
  })

  it.each([
    ['without a boundary', 'multipart/form-data', 'abc'],
    [
      'cut off in the middle',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nabc',
    ],
    ['that is not one', 'multipart/form-data; boundary=x', 'abc'],
    ['that is JSON', 'application/json', '{"file":"abc"}'],
  ])('an upload %s', async (_, mediaType, body) => {
    const problem = refusalIn(await upload().set('content-type', mediaType).send(body))
    expect(problem.fields?.map(({ field }) => field)).toEqual(['file'])
  })

  it('a file beyond all measure, and a field that is no field', async () => {
    const large = await upload().attach('file', Buffer.alloc(MOST_UPLOAD_BYTES + 1), 'a.xlsx')
    expect(refusalIn(large)).toMatchObject({ status: 413, code: 'request.too-large' })
    const field = await upload()
      .field('unitId', 'a'.repeat(100_000))
      .attach('file', Buffer.from('abc'), 'a.xlsx')
    expect([400, 404, 413]).toContain(refusalIn(field).status)
  })

  it('an upload for a unit whose id is none', async () => {
    for (const unitId of ['党'.repeat(26), 'x', "' OR '1'='1", '__proto__']) {
      const answer = await upload().field('unitId', unitId).attach('file', Buffer.from('abc'), 'a.xlsx')
      expect(refusalIn(answer).status).toBe(400)
      expect(fieldsIn(answer)).toEqual(['unitId'])
    }
  })

  it('an upload with fields that reach for the prototype', async () => {
    const answer = await upload().field('__proto__', '1').attach('file', Buffer.alloc(9), 'a.xlsx')
    expect(refusalIn(answer).status).toBe(400)
  })

  it.each([
    ['GET', '/api/v1/nowhere', 404],
    ['PATCH', '/api/v1/sessions', 404],
    ['TRACE', '/api/v1/me', 404],
    ['OPTIONS', '/api/v1/me', 404],
    ['GET', '/api/v1/members/%zz', 400],
    ['GET', '/%c0%ae%c0%ae/etc/passwd', 400],
    ['GET', '/api/v1/../../etc/passwd', 404],
    ['GET', `/api/v1/members/${'a'.repeat(4000)}`, 414],
  ])('%s %s', async (method, path, status) => {
    const answer = await raw(village.world.baseUrl, `${method} ${path} HTTP/1.1`)
    expect(answer.status).toBe(status)
    expect(answer.head).toMatch(/content-type: application\/problem\+json/i)
    const problem = JSON.parse(answer.body) as { requestId: string; code: string }
    expect(answer.head).toContain(problem.requestId)
    expect(answer.body).not.toMatch(/FST_ERR|passwd/)
  })

  it('an id handed on by a proxy is kept when it looks like one, and replaced when it does not', async () => {
    const ask = (id: string) => request(village.world.baseUrl).get('/api/v1/me').set('x-request-id', id)
    expect(refusalIn(await ask('proxy-12345678')).requestId).toBe('proxy-12345678')
    for (const odd of ['short', 'x'.repeat(65), '<script>alert(1)</script>', 'two words here']) {
      expect(refusalIn(await ask(odd)).requestId).not.toBe(odd)
    }
  })
})

/** Sends a request line as it is: clients tidy addresses up before they send them. */
async function raw(baseUrl: string, line: string): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(baseUrl)
  const text = await new Promise<string>((resolve, reject) => {
    let received = ''
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${line}\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`)
    })
    socket.on('data', (chunk) => (received += chunk.toString('utf8')))
    socket.on('end', () => resolve(received))
    socket.on('error', reject)
  })
  const [head = '', ...body] = text.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') }
}
