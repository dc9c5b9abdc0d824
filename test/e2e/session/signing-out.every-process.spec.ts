import type { Device } from '../../../server/contracts/platform/device.js'
import type { Session } from '../../../server/contracts/platform/session.js'
import type { AnotherServer, Caller } from '../../support/world.js'
import { codeOf, NOON, PhoneShop } from './phone.js'

const TRUSTED_MS = 5_000

describe('signing out holds on every process within five seconds', () => {
  let shop: PhoneShop
  let other: AnotherServer

  beforeAll(async () => {
    shop = await PhoneShop.open()
    other = await shop.world.anotherServer(NOON)
  })
  afterAll(async () => {
    await other.close()
    await shop.close()
  })

  const passMs = (ms: number) => {
    shop.passMs(ms)
    other.turnClockTo(shop.time)
  }

  const deviceOf = async (session: Session): Promise<Device> => {
    const own = (await shop.devicesOf(session)).find(({ isThis }) => isThis)
    if (!own) throw new Error('a device does not see itself')
    return own
  }

  type End = (phone: Caller, lost: Session, tablet: Caller) => Promise<unknown>
  const WAYS: Array<[string, string, End]> = [
    ['on the phone itself', 'auth.session-ended', (phone) => phone.delete('/sessions/current').expect(204)],
    [
      'from another device',
      'auth.signed-out',
      async (_, lost, tablet) => tablet.delete(`/me/devices/${(await deviceOf(lost)).id}`).expect(204),
    ],
    [
      'everywhere else at once',
      'auth.signed-out',
      (_, __, tablet) => tablet.delete('/me/devices').expect(204),
    ],
    [
      'because a spent token came back',
      'auth.session-ended',
      async (_, lost) => {
        await shop.renew(await shop.renew(lost))
        await shop.exchange(lost.refreshToken).expect(401)
      },
    ],
    ['with the consent', 'auth.session-ended', (_, __, tablet) => tablet.delete('/me/consent').expect(204)],
  ]

  it.each(WAYS)('%s', async (_, code, end) => {
    const session = await shop.signIn('chen')
    const phone = shop.with(session)
    const tablet = shop.with(await shop.signIn('chen'))
    const elsewhere = phone.at(other.baseUrl)
    await phone.get('/me').expect(200)
    await elsewhere.get('/me').expect(200)

    await end(phone, session, tablet)
    // Where it was ended, at once.
    expect(codeOf(await phone.get('/me').expect(401))).toBe(code)
    // Elsewhere what was looked at a moment ago may still be trusted, and not a millisecond longer than promised.
    passMs(TRUSTED_MS - 100)
    await elsewhere.get('/me').expect(200)
    passMs(100)
    expect(codeOf(await elsewhere.get('/me').expect(401))).toBe(code)
    expect(codeOf(await shop.exchange(session.refreshToken, other.baseUrl).expect(401))).toBe(code)
  })

  it('a token is exchanged on any process, and on two at once only one is left', async () => {
    const session = await shop.signIn('lyu')
    const answers = await Promise.all([
      shop.exchange(session.refreshToken),
      shop.exchange(session.refreshToken, other.baseUrl),
    ])
    const { id } = await deviceOf(session)
    const current = await shop.world.database.query(
      'SELECT hash FROM refresh_token WHERE sessionId = ? AND currentKey IS NOT NULL',
      [id],
    )
    expect(current).toHaveLength(1)
    expect(answers.some(({ status }) => status === 201)).toBe(true)
    for (const answer of answers) expect([201, 409]).toContain(answer.status)
  })

  it('an access token that runs out is not trusted for the rest of the five seconds', async () => {
    const session = await shop.signIn('lyu')
    const elsewhere = shop.with(session).at(other.baseUrl)
    passMs(new Date(session.accessExpiresAt).getTime() - shop.time.getTime() - 1)
    await elsewhere.get('/me').expect(200)
    passMs(1)
    expect(codeOf(await elsewhere.get('/me').expect(401))).toBe('auth.access-expired')
  })
})
