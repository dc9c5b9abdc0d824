import { MiniProgramServer, type Json } from './mini-program-server.js'
import { CHEN, LIU, SandboxFixture } from './sandbox-fixture.js'

describe('what people write is judged', () => {
  let fixture: SandboxFixture
  let server: MiniProgramServer

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
    server = await MiniProgramServer.start(() => fixture.sandbox)
    await server.signIn(CHEN)
    const { url, token, encodingAesKey } = server
    await fixture.control('POST', 'message-push', { url, token, encodingAesKey })
    await fixture.control('POST', 'planted-words', { word: '赌', label: 20006 })
    await fixture.control('POST', 'planted-words', { word: '优惠', suggest: 'review', label: 10001 })
  })
  afterAll(async () => {
    await server.stop()
    await fixture.stop()
  })
  afterEach(() => fixture.control('DELETE', 'faults'))

  const text = (content: unknown, changes: Json = {}): Promise<Json> =>
    server.json('/wxa/msg_sec_check', { version: 2, scene: 2, openid: CHEN, content, ...changes })

  const picture = async (media_url: string): Promise<string> => {
    const body = { version: 2, scene: 2, openid: CHEN, media_type: 2, media_url }
    const answer = await server.json('/wxa/media_check_async', body)
    expect(answer).toEqual({ errcode: 0, errmsg: 'ok', trace_id: expect.any(String) })
    return String(answer['trace_id'])
  }

  /** Resolves once the sandbox has noted what became of the event. */
  async function settled(traceId: string, wanted: string): Promise<Json> {
    const deadline = Date.now() + 5_000
    for (;;) {
      const event = await fixture.control('GET', `events/${traceId}`)
      if (event['state'] === wanted) return event
      if (Date.now() > deadline) throw new Error(`the event is ${String(event['state'])}, not ${wanted}`)
    }
  }

  it.each([
    ['我志愿加入中国共产党', 'pass', 100],
    ['来赌一把', 'risky', 20006],
    ['优惠多多', 'review', 10001],
    ['优惠多多，来赌一把', 'risky', 20006],
  ])('%s: %s', async (content, suggest, label) => {
    expect(await text(content)).toEqual({
      errcode: 0,
      errmsg: 'ok',
      trace_id: expect.stringMatching(/^[\da-f-]{26}$/),
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    })
  })

  it('reads the title and the nickname as well', async () => {
    expect(await text('好', { nickname: '赌王' })).toMatchObject({ result: { suggest: 'risky' } })
  })

  it('forgets a word that passes', async () => {
    await fixture.control('POST', 'planted-words', { word: '临时' })
    expect(await text('临时')).toMatchObject({ result: { suggest: 'risky', label: 21000 } })
    await fixture.control('POST', 'planted-words', { word: '临时', suggest: 'pass' })
    expect(await text('临时')).toMatchObject({ result: { suggest: 'pass' } })
  })

  it.each<[number, unknown, Json]>([
    [40003, '好', { openid: 'oNobody' }],
    [40129, '好', { scene: 5 }],
    [44002, '', {}],
    [45002, '党'.repeat(2501), {}],
    [40097, '好', { version: 1 }],
  ])('answers %i where the call is wrong', async (errcode, content, changes) => {
    expect(await text(content, changes)).toMatchObject({ errcode })
  })

  it('cannot be asked about somebody who has not signed in for two hours', async () => {
    expect(await text('好', { openid: LIU })).toMatchObject({ errcode: 61010 })
    fixture.advanceMs += 2 * 3_600_000 + 1
    expect(await text('好')).toMatchObject({ errcode: 61010 })
    await server.signIn(CHEN)
    expect(await text('好')).toMatchObject({ errcode: 0 })
  })

  it.each([
    ['https://example.com/flag.jpg', 'pass', '100'],
    ['https://example.com/赌.jpg', 'risky', '20006'],
  ])('the verdict on %s comes later, as an encrypted event: %s', async (url, suggest, label) => {
    const trace_id = await picture(url)
    const message = await server.next()
    expect(message.json).not.toHaveProperty('trace_id')
    expect(server.opened(message)).toEqual({
      ToUserName: expect.any(String),
      FromUserName: CHEN,
      CreateTime: expect.any(Number),
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: fixture.sandbox.credentials().appid,
      trace_id,
      version: 2,
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    })
    await settled(trace_id, 'acknowledged')
  })

  it('comes again until the answer is "success", three times at most', async () => {
    server.answers = ['', 'ok', 'success']
    const trace_id = await picture('https://example.com/a.jpg')
    for (let i = 0; i < 3; i += 1) expect(server.opened(await server.next())).toMatchObject({ trace_id })
    expect(await settled(trace_id, 'acknowledged')).toMatchObject({ attempts: { length: 3 } })
    server.answers = Array<string>(4).fill('no')
    const lost = await picture('https://example.com/b.jpg')
    for (let i = 0; i < 4; i += 1) await server.next()
    await settled(lost, 'exhausted')
    expect(server.unread).toBe(0)
  })

  it.each(['tampered', 'unsigned', 'other-app'])(
    'can be one that must not be believed: %s',
    async (spoil) => {
      await fixture.control('POST', 'faults', { kind: 'push-spoiled', spoil })
      server.answers = ['I do not believe it']
      const trace_id = await picture('https://example.com/c.jpg')
      const [bad, good] = [await server.next(), await server.next()]
      expect(() => server.opened(bad)).toThrow()
      expect(server.opened(good)).toMatchObject({ trace_id })
      await settled(trace_id, 'acknowledged')
    },
  )

  it('can be withheld, and delivered after a restart', async () => {
    await fixture.control('POST', 'faults', { kind: 'push-withheld' })
    const trace_id = await picture('https://example.com/d.jpg')
    await fixture.restart()
    expect(await fixture.control('GET', `events/${trace_id}`)).toMatchObject({
      state: 'withheld',
      attempts: [],
    })
    expect(await fixture.control('POST', `events/${trace_id}/delivery`, {})).toEqual({ status: 200 })
    expect(server.opened(await server.next())).toMatchObject({ trace_id })
  })

  it.each(['plain', 'compatible'])('can be pushed in the clear: %s', async (mode) => {
    const { url, token, encodingAesKey } = server
    await fixture.control('POST', 'message-push', { url, token, encodingAesKey, mode })
    const trace_id = await picture('https://example.com/e.jpg')
    const message = await server.next()
    expect(message.json).toMatchObject({ trace_id })
    if (mode === 'compatible') expect(server.opened(message)).toMatchObject({ trace_id })
    await settled(trace_id, 'acknowledged')
  })

  it('enters an address only when it echoes, on this machine', async () => {
    const { url, token, encodingAesKey } = server
    const enter = (change: Json) =>
      fixture.control('POST', 'message-push', { url, token, encodingAesKey, ...change })
    await expect(enter({ token: 'other' })).rejects.toThrow(/^409 /)
    await expect(enter({ url: 'https://example.com/' })).rejects.toThrow(/^409 /)
    await expect(enter({ encodingAesKey: 'short' })).rejects.toThrow(/^400 /)
    await expect(enter({ url: 'nowhere' })).rejects.toThrow(/^400 /)
  })
})
