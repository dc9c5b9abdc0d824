import type { Device } from '../../../server/contracts/platform/device.js'
import type { Session } from '../../../server/contracts/platform/session.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { codeOf, DAY_SECONDS, PhoneShop } from './phone.js'

describe('a person sees their devices and signs them out', () => {
  let shop: PhoneShop
  let phone: Session
  let tablet: Session
  let stranger: Session

  beforeAll(async () => {
    shop = await PhoneShop.open()
  })
  afterAll(() => shop.close())
  beforeEach(async () => {
    await shop.startAnew()
    phone = await shop.signIn('chen', '  华为 Mate 60 ')
    shop.passSeconds(10)
    tablet = await shop.signIn('chen', '𠮷 Pad')
    stranger = await shop.signIn('lyu', 'iPhone 15')
  })

  const named = (devices: Device[]) =>
    devices.map(({ name, isThis, endedBecause }) => [name, isThis, endedBecause])
  const idOf = async (session: Session): Promise<string> => {
    const own = (await shop.devicesOf(session)).find(({ isThis }) => isThis)
    return own?.id ?? 'none'
  }

  it('their own, this one first, and nobody else’s', async () => {
    expect(named(await shop.devicesOf(phone))).toEqual([
      ['华为 Mate 60', true, null],
      ['𠮷 Pad', false, null],
    ])
    expect(named(await shop.devicesOf(tablet))).toEqual([
      ['𠮷 Pad', true, null],
      ['华为 Mate 60', false, null],
    ])
    expect(named(await shop.devicesOf(stranger))).toEqual([['iPhone 15', true, null]])
  })

  it('a phone that gave no name has none', async () => {
    const nameless = await shop.signIn('lyu')
    const blank = await shop.signIn('lyu', '   ')
    expect((await shop.devicesOf(blank)).map(({ name }) => name)).toEqual([null, null, 'iPhone 15'])
    await shop.with(nameless).get('/me').expect(200)
  })

  it('one is signed out, told so, and the others stay', async () => {
    await shop
      .with(phone)
      .delete(`/me/devices/${await idOf(tablet)}`)
      .expect(204)
    expect(codeOf(await shop.with(tablet).get('/me').expect(401))).toBe('auth.signed-out')
    expect(await shop.refusal(tablet)).toBe('auth.signed-out')
    expect(named(await shop.devicesOf(phone))).toEqual([
      ['华为 Mate 60', true, null],
      ['𠮷 Pad', false, 'from-another-device'],
    ])
    const [event] = await shop.world.database
      .repository(EventRecord)
      .findBy({ name: 'account.devices-signed-out' })
    expect(event?.data).toEqual({ count: 1 })
  })

  it('signing out a device twice changes nothing twice', async () => {
    const id = await idOf(tablet)
    await shop.with(tablet).delete('/sessions/current').expect(204)
    await shop.with(phone).delete(`/me/devices/${id}`).expect(204)
    expect(named(await shop.devicesOf(phone))).toEqual([
      ['华为 Mate 60', true, null],
      ['𠮷 Pad', false, 'signed-out'],
    ])
  })

  it('the one in the hand may be chosen like any other: that is signing out', async () => {
    await shop
      .with(phone)
      .delete(`/me/devices/${await idOf(phone)}`)
      .expect(204)
    expect(codeOf(await shop.with(phone).get('/me').expect(401))).toBe('auth.session-ended')
  })

  it('all others are signed out at once; the one in the hand stays', async () => {
    const third = await shop.signIn('chen', '旧手机')
    await shop.with(phone).delete('/me/devices').expect(204)
    for (const session of [tablet, third]) expect(await shop.refusal(session)).toBe('auth.signed-out')
    await shop.with(phone).get('/me').expect(200)
    await shop
      .with(await shop.renew(phone))
      .get('/me')
      .expect(200)
    await shop.with(stranger).get('/me').expect(200)
    // With nobody left to sign out it is no event.
    await shop.with(phone).delete('/me/devices').expect(204)
    const events = await shop.world.database
      .repository(EventRecord)
      .findBy({ name: 'account.devices-signed-out' })
    expect(events.map(({ data }) => data)).toEqual([{ count: 2 }])
  })

  it('a device of somebody else answers exactly like one that is not there, and stays signed in', async () => {
    const ask = async (id: string) => {
      const { status, body } = await shop.with(phone).delete(`/me/devices/${id}`)
      const { requestId: _, ...problem } = body as { requestId: string }
      return { status, problem }
    }
    const missing = await ask(newId())
    expect(missing.status).toBe(404)
    expect(await ask(await idOf(stranger))).toEqual(missing)
    expect(await ask('x')).toEqual(missing)
    await shop.with(stranger).get('/me').expect(200)
  })

  it('what ran out or ended long ago leaves the list', async () => {
    await shop.with(tablet).delete('/sessions/current').expect(204)
    shop.passSeconds(6 * DAY_SECONDS)
    phone = await shop.renew(phone)
    const lost = await shop.signIn('chen', '丢了的')
    shop.passSeconds(6.9 * DAY_SECONDS)
    phone = await shop.renew(phone)
    shop.passSeconds(0.1 * DAY_SECONDS)
    phone = await shop.renew(phone)
    expect(named(await shop.devicesOf(phone))).toEqual([
      ['华为 Mate 60', true, null],
      ['丢了的', false, 'expired'],
      ['𠮷 Pad', false, 'signed-out'],
    ])
    expect(await shop.refusal(lost)).toBe('auth.session-ended')
    for (let week = 0; week < 5; week++) {
      shop.passSeconds(6 * DAY_SECONDS)
      phone = await shop.renew(phone)
    }
    expect(named(await shop.devicesOf(phone))).toEqual([['华为 Mate 60', true, null]])
  })

  it('the list is bounded, and this device is always on it', async () => {
    const { database } = shop.world
    const [row] = await database.query<{ accountId: string }>('SELECT accountId FROM session WHERE id = ?', [
      await idOf(phone),
    ])
    for (let batch = 0; batch < 2; batch++) {
      for (let count = 0; count < 40; count++) {
        await database.execute(
          'INSERT INTO session (id, accountId, startedAt, expiresAt, endedAt) VALUES (?, ?, ?, ?, ?)',
          [
            newId(),
            row?.accountId,
            new Date(shop.time.getTime() + 1),
            new Date(shop.time.getTime() + 1000),
            batch === 0 ? null : shop.time,
          ],
        )
      }
    }
    for (let count = 0; count < 20; count++) await shop.signIn('chen')
    const devices = await shop.devicesOf(phone)
    expect(devices).toHaveLength(70)
    expect(devices[0]).toMatchObject({ isThis: true, name: '华为 Mate 60' })
    expect(devices.filter(({ endedAt }) => endedAt !== null)).toHaveLength(20)
  })
})
