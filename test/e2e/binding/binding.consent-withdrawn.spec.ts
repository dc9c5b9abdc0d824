import request from 'supertest'
import { AccountRecord } from '../../../server/platform/auth/account.entity.js'
import { Consent } from '../../../server/platform/auth/consent.entity.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { SessionRecord } from '../../../server/platform/auth/session.entity.js'
import type { PrivacyStatement } from '../../../server/contracts/platform/privacy.js'
import { openVillage, OPENIDS, PHONES, type Village } from '../../support/village.js'
import { accountOf, newClaim, newMember, problemIn, taskKinds } from './claims.js'

describe('nothing is stored without consent, and whoever takes it back is nobody here', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  const rows = async () => {
    const { database } = village.world
    return Promise.all(
      [AccountRecord, SessionRecord, Consent].map((entity) => database.repository(entity).count()),
    )
  }

  it.each([
    ['no version', undefined, 400, 'request.invalid'],
    ['version 0', 0, 400, 'request.invalid'],
    ['yes', true, 400, 'request.invalid'],
    ['an older version than the present one', PRIVACY_STATEMENT.version - 1, 409, 'privacy.new-version'],
    ['a version yet to come', PRIVACY_STATEMENT.version + 1, 409, 'privacy.new-version'],
  ])(
    'whoever agreed to %s stays unknown, and the code of WeChat stays good',
    async (_, privacyVersion, status, code) => {
      const before = await rows()
      const login = await village.world.wechat.control.loginCode(OPENIDS.stranger)
      const send = (body: object) => request(village.world.baseUrl).post('/api/v1/sessions').send(body)
      const answer = await send({ code: login, ...(privacyVersion === undefined ? {} : { privacyVersion }) })
      expect([answer.status, problemIn(answer).code]).toEqual([status, code])
      expect(await rows()).toEqual(before)

      const { version } = (await request(village.world.baseUrl).get('/api/v1/privacy-statement').expect(200))
        .body as PrivacyStatement
      await send({ code: login, privacyVersion: version }).expect(201)
    },
  )

  it('signing in stores the account once, and the consent once for each version', async () => {
    const [accounts = 0, sessions = 0, consents = 0] = await rows()
    await village.as('sun')
    await village.as('sun')
    expect(await rows()).toEqual([accounts + 1, sessions + 2, consents + 1])
  })

  it('taking it back ends every session of the person, on the spot', async () => {
    const first = await newMember(village, 'sun')
    const second = await village.as('sun')
    await second.get('/me/bills').expect(200)

    await first.delete('/me/consent').expect(204)
    for (const caller of [first, second]) {
      const answer = await caller.get('/me').expect(401)
      expect(problemIn(answer).code).toBe('auth.session-ended')
    }
  })

  it('the membership is gone, also after signing in again with a new consent', async () => {
    const sun = await village.as('sun')
    const account = await accountOf(sun)
    expect(account.membership).toBeNull()
    expect(account.binding).toMatchObject({ state: 'undone', reason: null, endedBy: 'consent-withdrawal' })
    expect(await taskKinds(sun)).toEqual(['bind'])
    await sun.get('/me/bills').expect(403)
    const consents = await village.world.database.repository(Consent).findBy({ accountId: account.id })
    expect(consents.map(({ withdrawnAt }) => withdrawnAt === null).sort()).toEqual([false, true])
  })

  it('the member is free for whoever really is her', async () => {
    const { claim } = await newClaim(village, 'stranger', PHONES.sun)
    expect(claim).toMatchObject({ state: 'pending', unitName: '东岭村党支部' })
  })

  it('a claim that still waits ends with the consent', async () => {
    const stranger = await village.as('stranger')
    await stranger.delete('/me/consent').expect(204)
    const li = await village.as('li')
    const { items } = (await li.get('/bindings').expect(200)).body as { items: unknown[] }
    expect(items).toEqual([])
  })

  it('the consent of others is untouched, and signing out ends one phone only', async () => {
    const [one, other] = [await village.as('chen'), await village.as('chen')]
    await one.delete('/sessions/current').expect(204)
    await one.get('/me').expect(401)
    await other.get('/me/bills').expect(200)
  })
})
