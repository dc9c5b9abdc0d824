import { createHmac } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { MiniProgramServer, type Json } from './mini-program-server.js'
import { CHEN, SandboxFixture } from './sandbox-fixture.js'

const PAGE = 'pages/meeting/check-in'
const DAY_S = 86_400

describe('codes and links lead to published pages', () => {
  let fixture: SandboxFixture
  let server: MiniProgramServer

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
    server = await MiniProgramServer.start(() => fixture.sandbox)
    await fixture.control('POST', 'pages', { pages: [PAGE] })
  })
  afterAll(async () => {
    await server.stop()
    await fixture.stop()
  })

  const code = (changes: Json = {}): Promise<Response> =>
    server.call('/wxa/getwxacodeunlimit', { scene: 'm=01J9', page: PAGE, ...changes })

  const link = (changes: Json = {}): Promise<Json> =>
    server.json('/wxa/generate_urllink', {
      path: PAGE,
      query: 'm=01J9',
      expire_type: 1,
      expire_interval: 30,
      ...changes,
    })

  /** Reads a PNG: name and content of each chunk. */
  const chunks = (png: Buffer): Map<string, Buffer> => {
    const found = new Map<string, Buffer>()
    for (let at = 8; at < png.length;) {
      const length = png.readUInt32BE(at)
      found.set(png.subarray(at + 4, at + 8).toString(), png.subarray(at + 8, at + 8 + length))
      at += length + 12
    }
    return found
  }

  it('gives a picture of the width asked for, that says it is none of WeChat’s', async () => {
    const answer = await code({ width: 300 })
    expect(answer.headers.get('content-type')).toBe('image/png')
    const png = chunks(Buffer.from(await answer.arrayBuffer()))
    const header = png.get('IHDR')!
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([300, 300])
    expect(png.get('tEXt')!.toString()).toBe(
      `Comment\0sandbox image, no real mini-program code; scene=m=01J9; page=${PAGE}`,
    )
    expect(inflateSync(png.get('IDAT')!)).toHaveLength(300 * 301)
  })

  it('draws different scenes differently, and the same one alike', async () => {
    const drawn = async (scene: string): Promise<string> =>
      Buffer.from(await (await code({ scene })).arrayBuffer()).toString('base64')
    expect(await drawn('a=1')).toBe(await drawn('a=1'))
    expect(await drawn('a=1')).not.toBe(await drawn('a=2'))
  })

  it.each<[string, number, Json]>([
    ['33 characters', 40169, { scene: 'x'.repeat(33) }],
    ['a percent sign', 40169, { scene: 'a%20b' }],
    ['Chinese', 40169, { scene: '会议' }],
    ['nothing', 40169, { scene: '' }],
    ['a page that is not published', 41030, { page: 'pages/secret' }],
    ['a page that begins with a slash', 41030, { page: `/${PAGE}` }],
    ['a page with a query', 41030, { page: `${PAGE}?m=1`, check_path: false }],
    ['a version there is not', 40097, { env_version: 'beta' }],
  ])('refuses %s as JSON, with %i', async (_what, errcode, changes) => {
    const answer = await code(changes)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(await answer.json()).toMatchObject({ errcode })
  })

  it('does not ask for the page when it is told not to', async () => {
    const answer = await code({ page: 'pages/not-yet', check_path: false, scene: 'A'.repeat(32) })
    expect(answer.headers.get('content-type')).toBe('image/png')
  })

  it('gives a link that nobody gets twice', async () => {
    const [first, second] = [await link(), await link()]
    expect(first).toEqual({
      errcode: 0,
      errmsg: 'ok',
      url_link: expect.stringMatching(/^https:\/\/wxaurl\.cn\/\w{11}$/),
    })
    expect(second['url_link']).not.toBe(first['url_link'])
  })

  it.each<[string, number, () => Json]>([
    ['more than thirty days', 85401, () => ({ expire_interval: 31 })],
    ['no days', 85401, () => ({ expire_interval: 0 })],
    ['an hour that is past', 85401, () => ({ expire_type: 0, expire_time: fixture.now() / 1000 - 60 })],
    ['days beyond reach', 85401, () => ({ expire_type: 0, expire_time: fixture.now() / 1000 + 31 * DAY_S })],
    ['a page that is not published', 40165, () => ({ path: 'pages/secret' })],
    ['a query of 1025 characters', 40212, () => ({ query: 'x'.repeat(1025) })],
    ['a version there is not', 85402, () => ({ env_version: 'beta' })],
  ])('refuses a link with %s: %i', async (_what, errcode, changes) => {
    expect(await link(changes())).toMatchObject({ errcode })
  })

  it('checks a session by a signature over nothing', async () => {
    const old = await server.signIn(CHEN)
    const current = await server.signIn(CHEN)
    const check = async (key: string, openid = CHEN): Promise<Json> => {
      const signature = createHmac('sha256', key).update('').digest('hex')
      const query = { access_token: await server.accessToken(), openid, signature, sig_method: 'hmac_sha256' }
      const url = `${fixture.sandbox.baseUrl}/wxa/checksession?${new URLSearchParams(query).toString()}`
      return (await (await fetch(url)).json()) as Json
    }
    expect(await check(current)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await check(old)).toMatchObject({ errcode: 87009 })
    expect(await check(current, 'oNobody')).toMatchObject({ errcode: 40003 })
  })
})
