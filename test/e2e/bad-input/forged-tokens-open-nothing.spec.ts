import { createHmac } from 'node:crypto'
import { JwtService } from '@nestjs/jwt'
import { loadOrCreateKeyRing } from '../../../server/platform/crypto/field-keys.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import { Caller } from '../../support/world.js'
import { refusalIn, rowCounts } from './refusal.js'

interface Content {
  sub: string
  sid: string
  exp: number
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

const tokenKeyOf = ({ world }: Village) =>
  Buffer.from(loadOrCreateKeyRing(world.config.keyFile).token, 'base64')

describe('forged, expired and ended tokens open nothing', () => {
  let village: Village
  let tokens: JwtService
  let token: string
  let content: Content

  beforeAll(async () => {
    village = await openVillage()
    tokens = village.world.app.get(JwtService, { strict: false })
    token = (await village.as('li')).token
    content = tokens.decode(token)
  })
  afterAll(() => village.world.close())

  const refused = async (forged: string) => {
    const before = await rowCounts(village.world)
    const caller = new Caller(village.world.baseUrl, forged)
    const codes = []
    for (const answer of [
      await caller.get('/me'),
      await caller.get('/members'),
      await caller.post(`/members/${village.members.wang.id}/disclosures`, { reason: '看看' }),
      await caller.delete('/me/consent'),
    ]) {
      const problem = refusalIn(answer)
      expect(problem.status).toBe(401)
      codes.push(problem.code)
    }
    expect(await rowCounts(village.world)).toEqual(before)
    expect(new Set(codes).size).toBe(1)
    return codes[0]
  }

  it('the true one does, else the rest would prove nothing', async () => {
    await new Caller(village.world.baseUrl, token).get('/members').expect(200)
  })

  it.each(['', ' ', 'null', 'undefined', '....', 'a.b.c', 'x'.repeat(8000), '%00', '" or 1=1'])(
    '“%s” is none',
    async (nonsense) => {
      expect(await refused(nonsense)).toBe('auth.token')
    },
  )

  it('without a signature: algorithm none', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      expect(await refused(`${base64url({ alg, typ: 'JWT' })}.${base64url(content)}.`)).toBe('auth.token')
    }
  })

  it('signed with another key', async () => {
    expect(await refused(new JwtService({ secret: 'another key' }).sign({ ...content }))).toBe('auth.token')
    expect(await refused(new JwtService({ secret: Buffer.alloc(32) }).sign({ ...content }))).toBe(
      'auth.token',
    )
  })

  it('signed with our key by another algorithm', async () => {
    expect(await refused(tokens.sign({ ...content }, { algorithm: 'HS512' }))).toBe('auth.token')
  })

  it('with the content of somebody else under the old signature', async () => {
    const [head = '', , signature = ''] = token.split('.')
    const other = (await village.as('zhou')).token
    const { sub, sid } = tokens.decode<Content>(other)
    expect(await refused([head, base64url({ ...content, sub, sid }), signature].join('.'))).toBe('auth.token')
  })

  it('expired', async () => {
    const { sub, sid } = content
    const now = NOON.getTime() / 1000
    for (const exp of [now, now - 1, 0, -1, -1e300]) {
      expect(await refused(tokens.sign({ sub, sid, exp }))).toBe('auth.access-expired')
    }
  })

  it('that never expire', async () => {
    const { sub, sid } = content
    expect(await refused(tokens.sign({ sub, sid }))).toBe('auth.token')
    for (const exp of [null, 'never', true, [], {}, '9999999999']) {
      const head = base64url({ alg: 'HS256', typ: 'JWT' })
      const body = base64url({ sub, sid, exp })
      const signature = createHmac('sha256', tokenKeyOf(village))
        .update(`${head}.${body}`)
        .digest('base64url')
      expect(await refused(`${head}.${body}.${signature}`)).toBe('auth.token')
    }
  })

  it('the refresh token in place of the access token', async () => {
    expect(await refused((await village.as('li')).refreshToken)).toBe('auth.token')
  })

  it('for a session that never was, or is somebody else’s', async () => {
    const { sub, exp } = content
    const others = tokens.decode<Content>((await village.as('zhou')).token)
    expect(await refused(tokens.sign({ sub, exp, sid: '0'.repeat(26) }))).toBe('auth.session-ended')
    expect(await refused(tokens.sign({ sub, exp, sid: others.sid }))).toBe('auth.session-ended')
  })

  it('for no session or no account at all', async () => {
    const { sub, sid, exp } = content
    expect(await refused(tokens.sign({ sub, exp }))).toBe('auth.token')
    expect(await refused(tokens.sign({ sid, exp }))).toBe('auth.token')
    expect(await refused(tokens.sign({ sub: { $ne: null }, sid, exp }))).toBe('auth.token')
    expect(await refused(tokens.sign({ sub, sid: ['党'], exp }))).toBe('auth.token')
    expect(await refused(tokens.sign({ sub, sid: '党'.repeat(26), exp }))).toBe('auth.token')
  })

  it('in the wrong place: the address, a cookie, another scheme', async () => {
    const nobody = new Caller(village.world.baseUrl, '')
    refusalIn(await nobody.get(`/me?access_token=${token}`))
    refusalIn(await nobody.get('/me').set('cookie', `token=${token}`))
    refusalIn(await nobody.get('/me').set('authorization', `Basic ${token}`))
    refusalIn(await nobody.get('/me').set('authorization', token))
  })

  it('after signing out', async () => {
    const caller = await village.as('li')
    await caller.get('/members').expect(200)
    await caller.delete('/sessions/current').expect(204)
    expect(await refused(caller.token)).toBe('auth.session-ended')
  })

  it('after a week, when the session has run out', async () => {
    const caller = await village.as('li')
    const { sub, sid, exp } = tokens.decode<Content>(caller.token)
    village.world.turnClockTo(new Date('2026-11-28T12:00:01+08:00'))
    expect(await refused(caller.token)).toBe('auth.access-expired')
    expect(await refused(tokens.sign({ sub, sid, exp: exp + 60 }))).toBe('auth.session-ended')
  })
})
