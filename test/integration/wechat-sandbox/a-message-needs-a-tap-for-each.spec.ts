import { MiniProgramServer, type Json } from './mini-program-server.js'
import { CHEN, LIU, SandboxFixture } from './sandbox-fixture.js'

const SEND = '/cgi-bin/message/subscribe/send'

describe('a message needs a tap for each', () => {
  let fixture: SandboxFixture
  let server: MiniProgramServer
  let template_id: string

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
    server = await MiniProgramServer.start(() => fixture.sandbox)
    const { templateId } = await fixture.control('POST', 'subscribe-templates', {
      fields: ['thing1', 'time2', 'amount3'],
    })
    template_id = String(templateId)
  })
  afterAll(async () => {
    await server.stop()
    await fixture.stop()
  })

  const taps = (accepts?: number, openid = CHEN) =>
    fixture.control('POST', 'subscriptions', { openid, templateId: template_id, accepts })

  const data = (changes: Record<string, unknown> = {}): Json => ({
    thing1: { value: '六月党费' },
    time2: { value: '2026年6月30日 18:00' },
    amount3: { value: '12.50元' },
    ...changes,
  })
  const send = (changes: Json = {}): Promise<Json> =>
    server.json(SEND, { touser: CHEN, template_id, data: data(), ...changes })

  it('reaches the person as often as they allowed it, and then 43101', async () => {
    expect(await taps()).toEqual({ quota: 1 })
    expect(await taps()).toEqual({ quota: 2 })
    expect(await send({ page: 'pages/dues/dues?month=2026-06' })).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await send()).toMatchObject({ errcode: 43101, errmsg: expect.stringContaining('user refuse') })
    const { messages } = await fixture.control('GET', `people/${CHEN}/messages`)
    expect(messages).toMatchObject([
      { templateId: template_id, page: 'pages/dues/dues?month=2026-06', data: data() },
      { templateId: template_id, data: data() },
    ])
  })

  it('belongs to one person: the tap of one allows nothing to another', async () => {
    await taps(1, LIU)
    expect(await send()).toMatchObject({ errcode: 43101 })
    expect(await send({ touser: LIU })).toMatchObject({ errcode: 0 })
  })

  it('is over when the person refuses', async () => {
    await taps(5)
    expect(await taps(0)).toEqual({ quota: 0 })
    expect(await send()).toMatchObject({ errcode: 43101 })
  })

  it.each<[string, number, RegExp, Json]>([
    ['a stranger', 40003, /openid/, { touser: 'oNobody' }],
    ['a template that is none', 40037, /template/, { template_id: 'T' }],
    ['a field missing', 47003, /data\.time2\.value is empty/, { data: data({ time2: undefined }) }],
    ['a field empty', 47003, /data\.thing1\.value is empty/, { data: data({ thing1: { value: '' } }) }],
    [
      '21 characters',
      47003,
      /data\.thing1\.value invalid/,
      { data: data({ thing1: { value: '党'.repeat(21) } }) },
    ],
    ['no time', 47003, /data\.time2\.value invalid/, { data: data({ time2: { value: '明天' } }) }],
    ['no amount', 47003, /data\.amount3\.value invalid/, { data: data({ amount3: { value: '十二元' } }) }],
    ['no data', 47003, /data is empty/, { data: undefined }],
    ['a page with a slash before it', 41030, /page/, { page: '/pages/dues/dues' }],
  ])('is refused to %s with %i, and uses no tap up', async (_what, errcode, words, changes) => {
    expect(await taps()).toEqual({ quota: 1 })
    expect(await send(changes)).toMatchObject({ errcode, errmsg: expect.stringMatching(words) })
    expect(await send()).toMatchObject({ errcode: 0 })
  })

  it('asks for a token', async () => {
    const answer = await fetch(fixture.sandbox.baseUrl + SEND, { method: 'POST', body: '{}' })
    expect(await answer.json()).toMatchObject({ errcode: 41001 })
  })

  it('is still allowed after a restart', async () => {
    await taps()
    await fixture.restart()
    expect(await send()).toMatchObject({ errcode: 0 })
    expect(await send()).toMatchObject({ errcode: 43101 })
  })

  it.each<[number, string, Json]>([
    [400, 'subscribe-templates', { fields: ['colour1'] }],
    [400, 'subscribe-templates', {}],
    [404, 'subscriptions', { openid: 'oNobody', templateId: 'T' }],
    [404, 'subscriptions', { openid: CHEN, templateId: 'T' }],
  ])('the controls answer %i to %s %j', async (status, name, body) => {
    await expect(fixture.control('POST', name, body)).rejects.toThrow(new RegExp(`^${status} `))
  })
})
