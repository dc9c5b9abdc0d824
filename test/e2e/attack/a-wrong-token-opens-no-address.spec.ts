import { JwtService } from '@nestjs/jwt'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { newId } from '../../../server/platform/database/ids.js'
import { openVillage, NOON, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'
import { closeConnections, send, type WireAnswer } from './fuzz/wire-call.js'

/** Written by hand: what anybody may call, besides the pages of the description. */
const PUBLIC = [
  'GET /api/v1/privacy-statement',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'POST /api/v1/payment-notifications/:mchid',
  'POST /api/v1/session-refreshes',
  'POST /api/v1/sessions',
]

interface Registered {
  method: string
  url: string
}

describe('a wrong token opens no address, and tells nothing of what is there', () => {
  let village: Village
  /** Every address the server has registered, whether the description names it or not. */
  const registered: Registered[] = []

  beforeAll(async () => {
    village = await openVillage(NOON, { extension: () => ({ install: listen(registered) }) })
  })
  afterAll(async () => {
    closeConnections()
    await village.world.close()
  })

  const guarded = () =>
    registered.filter(
      ({ method, url }) => !PUBLIC.includes(`${method} ${url}`) && !/^\/api\/docs(\/|-|$)/.test(url),
    )

  const ask = ({ method, url }: Registered, id: string, authorization?: string): Promise<WireAnswer> =>
    send(village.world.baseUrl, {
      method,
      target: url.replace(/:\w+/g, id),
      headers: authorization === undefined ? {} : { authorization },
    })

  /** Everything that can be seen of an answer but what differs each time. */
  const seen = ({ status, headers, text }: WireAnswer) => ({
    status,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !['x-request-id', 'date'].includes(name)),
    ),
    text: text.replace(headers['x-request-id'] ?? '', 'ID'),
  })

  it('all addresses of the description are among those asked, and the public ones are the ones listed', async () => {
    const answer = await send(village.world.baseUrl, {
      method: 'GET',
      target: '/api/docs/openapi.json',
      headers: {},
    })
    const { paths } = JSON.parse(answer.text) as { paths: Record<string, object> }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    const names = registered.map(({ method, url }) => `${method} ${url}`)
    expect(names).toEqual(expect.arrayContaining(described))
    expect(names).toEqual(expect.arrayContaining(PUBLIC))
    expect(guarded().length).toBeGreaterThan(40)
    // What is neither described nor public would be forgotten by every other test of permissions.
    expect(
      guarded()
        .map(({ method, url }) => `${method} ${url}`)
        .filter((name) => !described.includes(name)),
    ).toEqual([])
  })

  it('without a token, with garbage and with an expired one: 401, the same whatever the id', async () => {
    const { members, committee } = village
    const tokens = village.world.app.get(JwtService, { strict: false })
    const { token } = await village.as('li')
    const { sub, sid } = tokens.decode<{ sub: string; sid: string }>(token)
    const expired = tokens.sign({ sub, sid, exp: NOON.getTime() / 1000 - 1 })
    for (const [authorization, code] of [
      [undefined, 'auth.token'],
      ['', 'auth.token'],
      ['Bearer', 'auth.token'],
      ['Bearer x.y.z', 'auth.token'],
      [`Basic ${token}`, 'auth.token'],
      [`Bearer ${expired}`, 'auth.access-expired'],
    ] as const) {
      for (const route of guarded()) {
        const where = `${route.method} ${route.url} ${authorization}`
        const answers = []
        for (const id of [members.wang.id, committee.id, newId(), 'preview', '0']) {
          const answer = await ask(route, id, authorization)
          expect([where, refusalIn(answer).code]).toEqual([where, code])
          answers.push({ where, ...seen(answer) })
        }
        expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
        expect(answers[0]?.status).toBe(401)
      }
    }
  })

  it('HEAD asks for no less than GET', async () => {
    for (const route of guarded().filter(({ method }) => method === 'GET')) {
      expect([route.url, (await ask({ ...route, method: 'HEAD' }, newId())).status]).toEqual([route.url, 401])
    }
  })
})

/** HEAD goes with every GET. */
const listen = (registered: Registered[]) => (app: NestFastifyApplication) => {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const name of Array.isArray(method) ? method : [method]) {
        if (name !== 'HEAD') registered.push({ method: name, url })
      }
    })
  return Promise.resolve()
}
