import { setTimeout as pause } from 'node:timers/promises'
import { BindingRecord } from '../../../server/modules/organization/bindings/binding.entity.js'
import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { Access } from '../../../server/platform/access/access.js'
import { newId } from '../../../server/platform/database/ids.js'
import { IdempotencyJobs } from '../../../server/platform/idempotency/idempotency.jobs.js'
import { IdempotencyKey } from '../../../server/platform/idempotency/idempotency-key.entity.js'
import { NOON, OPENIDS, openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { refusalIn } from '../bad-input/refusal.js'

const DAY_MS = 24 * 3600_000

describe('what becomes of a key', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
  })
  beforeEach(() => village.world.turnClockTo(NOON))
  afterAll(() => village.world.close())

  const found = (name: string, key: string, caller = zhou, more: object = {}) =>
    caller
      .post('/units', { parentId: village.dongling.id, kind: 'group', name, ...more })
      .set('idempotency-key', key)
  const units = (name: string) => village.world.database.repository(UnitRecord).countBy({ name })
  const row = (key: string) => village.world.database.repository(IdempotencyKey).findOneBy({ key })
  /** Another who may found units. */
  const officer = async (openid: string, phone: string) => {
    const { world, committee } = village
    await world.person(openid, phone)
    const accountId = await world.county.account(openid)
    await world.county.grant(accountId, 'dues-officer', committee)
    return { accountId, caller: await world.signIn(openid) }
  }
  const later = (ms: number) => new Date(NOON.getTime() + ms)

  it('a refused command gives it back, and the corrected form may be sent under it', async () => {
    const key = newId()
    const name = `第${newId()}小组`
    // Refused by the contract, by the rules of the trade, by the scope.
    expect(refusalIn(await found(name, key, zhou, { colour: 'red' })).status).toBe(400)
    expect(refusalIn(await found(name, key, zhou, { kind: 'committee' })).code).toBe('unit.wrong-place')
    expect(refusalIn(await found(name, key, zhou, { parentId: newId() })).status).toBe(404)
    expect(await row(key)).toBeNull()
    await found(name, key).expect(201)
    expect(await units(name)).toBe(1)
  })

  it('a refusal that left something behind is kept: said again, not done again', async () => {
    const { world, members } = village
    // 陈晓霞 is bound already; a stranger who has her telephone now is refused, and the branch is told.
    await world.person('o-finder-of-a-phone-0000', PHONES.chen)
    const finder = await world.signIn('o-finder-of-a-phone-0000')
    const body = { phoneCode: await world.wechat.control.phoneCode('o-finder-of-a-phone-0000') }
    const key = newId()
    const refused = () =>
      world.database.repository(BindingRecord).countBy({ memberId: members.chen.id, state: 'refused' })
    const first = refusalIn(await finder.post('/bindings', body).set('idempotency-key', key))
    expect(first).toMatchObject({ status: 409, code: 'binding.already-claimed' })
    expect(await refused()).toBe(1)
    const again = refusalIn(await finder.post('/bindings', body).set('idempotency-key', key))
    expect({ ...again, requestId: '' }).toEqual({ ...first, requestId: '' })
    expect(await refused()).toBe(1)
  })

  it('it belongs to one account: the same key of somebody else is another', async () => {
    const key = newId()
    const { caller } = await officer('o-another-officer-00000', '19960099998')
    await found(`甲${key}`, key).expect(201)
    await found(`乙${key}`, key, caller).expect(201)
    expect(await village.world.database.repository(IdempotencyKey).countBy({ key })).toBe(2)
  })

  it('without one, the same command is another command', async () => {
    const body = { parentId: village.dongling.id, kind: 'group', name: `第${newId()}小组` }
    const before = await village.world.database.repository(IdempotencyKey).count()
    await zhou.post('/units', body).expect(201)
    expect(refusalIn(await zhou.post('/units', body)).code).toBe('unit.name-taken')
    expect(await village.world.database.repository(IdempotencyKey).count()).toBe(before)
  })

  it('the order of fields is no content', async () => {
    const key = newId()
    const name = `第${newId()}小组`
    const { body } = await found(name, key).expect(201)
    const turned = { name, kind: 'group', parentId: village.dongling.id }
    const again = await zhou.post('/units', turned).set('idempotency-key', key).expect(201)
    expect(again.body).toEqual(body)
  })

  it('whoever may no longer do it is not shown what was answered then', async () => {
    const key = newId()
    const { accountId, caller } = await officer('o-once-an-officer-00000', '19960099999')
    const ask = () => found(`丙${key}`, key, caller)
    await ask().expect(201)
    await village.world.database.execute('UPDATE access_grant SET revokedAt = ? WHERE accountId = ?', [
      NOON,
      accountId,
    ])
    village.world.forgetTokens(accountId)
    expect(refusalIn(await ask()).status).toBe(403)
  })

  it('what is kept of an answer can be read by nobody who reads the table', async () => {
    const key = newId()
    const name = `第${newId()}小组`
    await found(name, key).expect(201)
    const [stored] = await village.world.database.query<{ answer: string }>(
      'SELECT answer FROM idempotency_key WHERE keyText = ?',
      [key],
    )
    expect(stored?.answer).toBeTruthy()
    expect(JSON.stringify(stored)).not.toContain(name)
    expect((await row(key))?.answer).toContain(name)
  })

  it('an attempt that hangs is taken over after a minute; coming back, it does nothing', async () => {
    const key = newId()
    const name = `第${newId()}小组`
    const ask = () => found(name, key)
    let goOn: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (goOn = resolve))
    let hangs = false
    const { authorize } = Access.prototype
    const spy = jest.spyOn(Access.prototype, 'authorize').mockImplementationOnce(async function (
      this: Access,
      ...asked
    ) {
      hangs = true
      await gate
      return authorize.apply(this, asked)
    })
    const first = ask().then((answer) => answer)
    while (!hangs) await pause(5)
    spy.mockRestore()
    expect(refusalIn(await ask())).toMatchObject({
      code: 'request.still-running',
      message: '上一次提交还在处理，请稍候再看结果。',
    })
    village.world.turnClockTo(later(61_000))
    const second = await ask().expect(201)
    // The name is free again, so that nothing but the key stands in the way of the first.
    await village.world.database.execute('UPDATE unit SET name = ? WHERE name = ?', [`原${name}`, name])
    goOn()
    expect(refusalIn(await first)).toMatchObject({ status: 409, code: 'request.still-running' })
    expect((await ask().expect(201)).body).toEqual(second.body)
    expect(await units(name)).toBe(0)
  })

  it('it is forgotten after a day, and may then be used for something else', async () => {
    const keys = [newId(), newId()] as const
    await found(`早${keys[0]}`, keys[0]).expect(201)
    village.world.turnClockTo(later(DAY_MS / 2))
    await (await village.world.signIn(OPENIDS.zhou)).get('/me').expect(200)
    await found(`晚${keys[1]}`, keys[1]).expect(201)
    village.world.turnClockTo(later(DAY_MS + 1))
    // Over, though the clock has not come by yet.
    await found(`再${keys[0]}`, keys[0]).expect(201)
    await village.world.database.execute('UPDATE idempotency_key SET expiresAt = ? WHERE keyText = ?', [
      later(DAY_MS),
      keys[0],
    ])
    await village.world.app.get(IdempotencyJobs).forget()
    expect(await row(keys[0])).toBeNull()
    expect(await row(keys[1])).not.toBeNull()
  })
})
