import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RefreshToken } from '../../../server/platform/auth/refresh-token.entity.js'
import { SessionRecord } from '../../../server/platform/auth/session.entity.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { ACCESS_SECONDS, codeOf, DAY_SECONDS, NOON, PhoneShop } from './phone.js'

const seconds = (count: number) => new Date(NOON.getTime() + count * 1000).toISOString()

describe('a session is renewed, and each refresh token is spent once', () => {
  let shop: PhoneShop

  beforeAll(async () => {
    shop = await PhoneShop.open()
  })
  beforeEach(() => shop.startAnew())
  afterAll(() => shop.close())

  const currentTokens = () =>
    shop.world.database.query<{ hash: string }>('SELECT hash FROM refresh_token WHERE currentKey IS NOT NULL')

  it('the access token lasts a quarter of an hour, the session a week from its last renewal', async () => {
    const first = await shop.signIn('chen')
    expect(first).toMatchObject({
      accessExpiresAt: seconds(ACCESS_SECONDS),
      refreshExpiresAt: seconds(7 * DAY_SECONDS),
    })
    shop.passSeconds(ACCESS_SECONDS - 1)
    await shop.with(first).get('/me').expect(200)
    shop.passSeconds(1)
    expect(codeOf(await shop.with(first).get('/me').expect(401))).toBe('auth.access-expired')

    const second = await shop.renew(first)
    expect(second).toMatchObject({
      accessExpiresAt: seconds(2 * ACCESS_SECONDS),
      refreshExpiresAt: seconds(7 * DAY_SECONDS + ACCESS_SECONDS),
    })
    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(second.refreshToken).toMatch(/^[\w-]{43}$/)
    await shop.with(second).get('/me').expect(200)
  })

  it('however often it is renewed, it ends after ninety days, and its last tokens with it', async () => {
    let session = await shop.signIn('chen')
    for (let day = 0; day < 84; day += 6) {
      shop.passSeconds(6 * DAY_SECONDS)
      session = await shop.renew(session)
    }
    expect(session.refreshExpiresAt).toBe(seconds(90 * DAY_SECONDS))
    shop.passSeconds(6 * DAY_SECONDS - 60)
    session = await shop.renew(session)
    expect([session.accessExpiresAt, session.refreshExpiresAt]).toEqual([
      seconds(90 * DAY_SECONDS),
      seconds(90 * DAY_SECONDS),
    ])
    shop.passSeconds(60)
    expect(codeOf(await shop.with(session).get('/me').expect(401))).toBe('auth.access-expired')
    expect(await shop.refusal(session)).toBe('auth.session-ended')
  })

  it('a week without use ends it', async () => {
    const session = await shop.signIn('chen')
    shop.passSeconds(7 * DAY_SECONDS)
    expect(await shop.refusal(session)).toBe('auth.session-ended')
  })

  it('of several exchanges at the same instant one token is left, and it renews', async () => {
    for (let round = 0; round < 3; round++) {
      const session = await shop.signIn('lyu')
      const before = (await currentTokens()).length
      const answers = await Promise.all(Array.from({ length: 6 }, () => shop.exchange(session.refreshToken)))
      const refused = answers.filter(({ status }) => status !== 201)
      expect(refused.length).toBeLessThan(answers.length)
      for (const answer of refused) {
        expect([answer.status, codeOf(answer)]).toEqual([409, 'auth.refresh-raced'])
      }
      expect(await currentTokens()).toHaveLength(before)
      // Whoever asks again in time, as a phone does that was told to, holds a good one.
      await shop.renew(await shop.renew(session))
    }
  })

  it('only the hash of a refresh token is stored, and the access token not at all', async () => {
    const { accessToken, refreshToken } = await shop.renew(await shop.signIn('chen'))
    const { database, config } = shop.world
    const tables = await Promise.all(
      ['refresh_token', 'session', 'event'].map((table) => database.query(`SELECT * FROM ${table}`)),
    )
    expect(tables.map((rows) => rows.length)).toEqual([2, 1, 1])
    for (const secret of [accessToken, refreshToken]) expect(JSON.stringify(tables)).not.toContain(secret)
    if (!isEmbedded) return
    const files = readdirSync(config.dataDir).filter((name) => name.startsWith('zhibu.sqlite'))
    const bytes = Buffer.concat(files.map((name) => readFileSync(join(config.dataDir, name))))
    expect([bytes.includes(accessToken), bytes.includes(refreshToken)]).toEqual([false, false])
  })

  it('requests write nothing: when a phone was last used is known by its renewals', async () => {
    const session = await shop.signIn('chen')
    const rows = () =>
      Promise.all(
        [SessionRecord, RefreshToken].map((entity) => shop.world.database.repository(entity).find()),
      )
    const before = await rows()
    for (let minute = 0; minute < 14; minute++) {
      shop.passSeconds(60)
      await shop.with(session).get('/me').expect(200)
    }
    expect(await rows()).toEqual(before)
    const [device] = await shop.devicesOf(await shop.renew(session))
    expect(device).toMatchObject({ startedAt: seconds(0), lastUsedAt: seconds(14 * 60) })
  })

  it.each(['', 'x', 'x'.repeat(43), 'a.b.c', '%00', "' OR 1=1 --"])(
    '“%s” renews nothing',
    async (refreshToken) => {
      const { status, body } = await shop.exchange(refreshToken)
      const { code } = body as { code: string }
      expect([status, code]).toEqual(
        refreshToken === '' ? [400, 'request.invalid'] : [401, 'auth.session-ended'],
      )
    },
  )

  it('nor does an access token', async () => {
    const { accessToken } = await shop.signIn('chen')
    await shop.exchange(accessToken).expect(400)
  })
})
