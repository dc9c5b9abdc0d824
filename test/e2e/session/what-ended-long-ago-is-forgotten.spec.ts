import { RefreshToken } from '../../../server/platform/auth/refresh-token.entity.js'
import { SessionRetention } from '../../../server/platform/auth/session-retention.jobs.js'
import {
  REFRESH_TOKEN_KEPT_DAYS,
  SESSION_KEPT_DAYS,
} from '../../../server/platform/auth/session-retention.rules.js'
import { SessionRecord } from '../../../server/platform/auth/session.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { DAY_SECONDS, PhoneShop } from './phone.js'

describe('what ended long ago is forgotten', () => {
  let shop: PhoneShop

  beforeAll(async () => {
    shop = await PhoneShop.open()
  })
  afterAll(() => shop.close())

  const forget = () => shop.world.app.get(SessionRetention).forgetOld()
  const counts = () =>
    Promise.all([SessionRecord, RefreshToken].map((entity) => shop.world.database.repository(entity).count()))

  it('spent tokens after a month, the session half a year after it has run out, and what still holds never', async () => {
    await shop.signIn('lyu')
    let kept = await shop.signIn('chen')
    for (let day = 0; day < 30; day += 6) {
      shop.passSeconds(6 * DAY_SECONDS)
      kept = await shop.renew(kept)
    }
    await forget()
    expect(await counts()).toEqual([2, 7])

    shop.passSeconds((REFRESH_TOKEN_KEPT_DAYS - 30) * DAY_SECONDS + 1)
    await forget()
    expect(await counts()).toEqual([2, 5])
    kept = await shop.renew(kept)

    shop.passSeconds(SESSION_KEPT_DAYS * DAY_SECONDS)
    const fresh = await shop.signIn('chen')
    await forget()
    expect(await counts()).toEqual([2, 1])
    shop.passSeconds(7 * DAY_SECONDS + 1)
    await shop.signIn('lyu')
    await forget()
    expect(await counts()).toEqual([2, 2])
    expect(await shop.refusal(kept)).toBe('auth.session-ended')
    expect(await shop.refusal(fresh)).toBe('auth.session-ended')
  })

  it('however many there are', async () => {
    const sessions = shop.world.database.repository(SessionRecord)
    const before = await sessions.count()
    const expiresAt = new Date(shop.time.getTime() - (SESSION_KEPT_DAYS + 1) * DAY_SECONDS * 1000)
    const rows = Array.from({ length: 1100 }, () => ({
      id: newId(),
      accountId: newId(),
      startedAt: expiresAt,
      expiresAt,
      endedAt: null,
      endedBecause: null,
      lastUsedAt: null,
      deviceName: null,
    }))
    while (rows.length > 0) await sessions.insert(rows.splice(0, 100))
    expect(await sessions.count()).toBe(before + 1100)
    await forget()
    expect(await sessions.count()).toBe(before)
  })
})
