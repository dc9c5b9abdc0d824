import type { Session } from '../../../server/contracts/platform/session.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { codeOf, PhoneShop } from './phone.js'

const WINDOW_SECONDS = 60
const LATER_SECONDS = 600

describe('a spent token that comes back ends its session', () => {
  let shop: PhoneShop
  /** What 陈晓霞's phone held, and what was copied from it. */
  let stolen: Session

  beforeAll(async () => {
    shop = await PhoneShop.open()
  })
  afterAll(() => shop.close())
  beforeEach(async () => {
    await shop.startAnew()
    stolen = await shop.signIn('chen', '华为 Mate 60')
  })

  const reuses = () => shop.world.database.repository(EventRecord).findBy({ name: 'account.token-reused' })

  /** The session is over for whoever holds whichever of its tokens. */
  const expectOver = async (...held: Session[]) => {
    for (const session of held) {
      expect(codeOf(await shop.with(session).get('/me').expect(401))).toBe('auth.session-ended')
      expect(await shop.refusal(session)).toBe('auth.session-ended')
    }
    expect(await reuses()).toHaveLength(1)
  }

  it.each([
    ['the thief first, the owner later', 'the owner'],
    ['the owner first, the thief later', 'the thief'],
  ])('%s: nobody can tell them apart, so both are out', async () => {
    const first = await shop.renew(stolen)
    shop.passSeconds(LATER_SECONDS)
    expect(await shop.refusal(stolen)).toBe('auth.session-ended')
    await expectOver(first, stolen)
  })

  it('within the minute too, when the new token has been used', async () => {
    const first = await shop.renew(stolen)
    const second = await shop.renew(first)
    shop.passSeconds(1)
    expect(await shop.refusal(stolen)).toBe('auth.session-ended')
    await expectOver(second, first, stolen)
  })

  it('within the minute before the new token is used, the second gets one, and the first is found out', async () => {
    const first = await shop.renew(stolen)
    shop.passSeconds(WINDOW_SECONDS - 1)
    const second = await shop.renew(stolen)
    shop.passSeconds(LATER_SECONDS)
    const third = await shop.renew(second)
    expect(await shop.refusal(first)).toBe('auth.session-ended')
    await expectOver(third, second, first)
  })

  it('also when the first comes before the second has used theirs', async () => {
    const first = await shop.renew(stolen)
    const second = await shop.renew(stolen)
    expect(await shop.refusal(first)).toBe('auth.session-ended')
    await expectOver(second, first)
  })

  it('a token of long ago does it as well', async () => {
    let newest = stolen
    for (let time = 0; time < 5; time++) {
      shop.passSeconds(LATER_SECONDS)
      newest = await shop.renew(newest)
    }
    expect(await shop.refusal(stolen)).toBe('auth.session-ended')
    await expectOver(newest)
  })

  it('it is recorded without a token, and the owner sees on every other device that it ended and why', async () => {
    const tablet = await shop.signIn('chen', 'MatePad')
    await shop.renew(stolen)
    shop.passSeconds(LATER_SECONDS)
    await shop.exchange(stolen.refreshToken).expect(401)

    const [event] = await reuses()
    expect(event).toMatchObject({ actorId: expect.any(String) as string, data: { token: 'spent' } })
    expect(await shop.devicesOf(tablet)).toMatchObject([
      { name: 'MatePad', isThis: true, endedAt: null, endedBecause: null },
      { name: '华为 Mate 60', endedAt: shop.time.toISOString(), endedBecause: 'token-reused' },
    ])
    await shop.renew(tablet)
  })
})

describe('a phone that lost the answer is not punished', () => {
  let shop: PhoneShop
  let kept: Session

  beforeAll(async () => {
    shop = await PhoneShop.open()
  })
  afterAll(() => shop.close())
  beforeEach(async () => {
    await shop.startAnew()
    kept = await shop.signIn('lyu')
  })

  it('it asks again within a minute, more than once, and goes on with what it got', async () => {
    await shop.renew(kept)
    shop.passSeconds(15)
    await shop.renew(kept)
    shop.passSeconds(WINDOW_SECONDS - 16)
    const arrived = await shop.renew(kept)
    shop.passSeconds(LATER_SECONDS)
    const next = await shop.renew(arrived)
    await shop.with(next).get('/me').expect(200)
  })

  it('the minute counts from the first answer, not from the last', async () => {
    await shop.renew(kept)
    shop.passSeconds(WINDOW_SECONDS - 1)
    const second = await shop.renew(kept)
    shop.passSeconds(1)
    expect(await shop.refusal(kept)).toBe('auth.session-ended')
    expect(await shop.refusal(second)).toBe('auth.session-ended')
  })
})
