import { JwtService } from '@nestjs/jwt'
import { newId } from '../../../server/platform/database/ids.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import { refusalIn } from '../bad-input/refusal.js'
import { describedRoutes, routes, type NamedRoute } from '../routes/index.js'
import { closeConnections, send, type WireAnswer } from '../routes/stage/wire-call.js'

const ELSEWHERE = 'https://somewhere-else.example'

const named = (chosen: readonly NamedRoute[]) =>
  chosen.map((route): [string, NamedRoute] => [route.name, route])
const guarded = routes.filter(({ permission }) => permission !== undefined)

describe('every route, called without a token that is good', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(async () => {
    closeConnections()
    await village.world.close()
  })

  const ask = (
    { route }: NamedRoute,
    id: string,
    headers: Record<string, string>,
    otherMethod?: string,
  ): Promise<WireAnswer> => {
    const [method = '', path = ''] = route.split(' ')
    return send(village.world.baseUrl, {
      method: otherMethod ?? method,
      target: path.replace(/\{\w+\}/g, id),
      headers,
    })
  }

  /** Everything that can be seen of an answer but what differs each time. */
  const seen = ({ status, headers, text }: WireAnswer) => ({
    status,
    headers: Object.fromEntries(
      Object.entries(headers).filter(([name]) => !['x-request-id', 'date'].includes(name)),
    ),
    text: text.replace(headers['x-request-id'] ?? '', 'ID'),
  })

  it('these are most of the routes', () => {
    expect(guarded.length).toBeGreaterThan(40)
  })

  describe('without one, with garbage and with an expired one: 401, the same whatever the id', () => {
    let tokens: Array<[authorization: string | undefined, code: string]>

    beforeAll(async () => {
      const service = village.world.app.get(JwtService, { strict: false })
      const { token } = await village.as('li')
      const { sub, sid } = service.decode<{ sub: string; sid: string }>(token)
      const expired = service.sign({ sub, sid, exp: NOON.getTime() / 1000 - 1 })
      tokens = [
        [undefined, 'auth.token'],
        ['', 'auth.token'],
        ['Bearer', 'auth.token'],
        ['Bearer x.y.z', 'auth.token'],
        [`Basic ${token}`, 'auth.token'],
        [`Bearer ${expired}`, 'auth.access-expired'],
      ]
    })

    it.each(named(guarded))('%s', async (_, route) => {
      const { members, committee } = village
      for (const [authorization, code] of tokens) {
        const answers = new Set<string>()
        for (const id of [members.wang.id, committee.id, newId(), 'preview', '0']) {
          const answer = await ask(route, id, authorization === undefined ? {} : { authorization })
          expect([authorization, answer.status, refusalIn(answer).code]).toEqual([authorization, 401, code])
          answers.add(JSON.stringify(seen(answer)))
        }
        expect(answers.size).toBe(1)
      }
      if (route.route.startsWith('GET ')) {
        // HEAD asks for no less.
        expect((await ask(route, newId(), {}, 'HEAD')).status).toBe(401)
      }
    })
  })

  describe('from a page of another site: opens itself to nobody', () => {
    const opened = ({ headers }: WireAnswer) =>
      Object.keys(headers).filter((name) => name.startsWith('access-control-'))

    it.each(named(describedRoutes))('%s', async (_, route) => {
      const preflight = await ask(
        route,
        village.dongling.id,
        {
          origin: ELSEWHERE,
          'access-control-request-method': route.route.split(' ')[0] ?? '',
          'access-control-request-headers': 'authorization,content-type',
        },
        'OPTIONS',
      )
      expect([404, 405]).toContain(refusalIn(preflight).status)
      expect(opened(preflight)).toEqual([])
      expect(opened(await ask(route, village.dongling.id, { origin: ELSEWHERE }))).toEqual([])
    })

    it('what is answered to somebody signed in is not opened either, nor shown in a frame of another site', async () => {
      const { token } = await village.as('chen')
      const answer = await send(village.world.baseUrl, {
        method: 'GET',
        target: '/api/v1/me/bills',
        headers: { origin: ELSEWHERE, authorization: `Bearer ${token}` },
      })
      expect(answer.status).toBe(200)
      expect(opened(answer)).toEqual([])
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'self'"),
      })
    })
  })
})
