import { openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import {
  accountOf,
  claimAs,
  claimIn,
  claimsSeenBy,
  newClaim,
  problemIn,
  taskKinds,
  todayOf,
} from './claims.js'

describe('a claim is turned down or undone with a reason, and the person may try again', () => {
  let village: Village
  let li: Caller

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.bills(village.committee, '2026-11')
    li = await village.as('li')
  })
  afterAll(() => village.world.close())

  it('a rejection shows its reason to the person, who may claim again and be confirmed', async () => {
    const { caller, claim } = await newClaim(village, 'sun')
    const reason = '电话里核对过，不是本人'
    const decided = await li.post(`/bindings/${claim.id}/rejection`, { reason }).expect(201)
    expect(decided.body).toMatchObject({ state: 'rejected', reason, decidedAt: '2026-11-21T04:00:00.000Z' })

    expect(await accountOf(caller)).toMatchObject({
      membership: null,
      binding: { state: 'rejected', unitName: '东岭村党支部', reason, endedBy: 'branch' },
    })
    expect(await taskKinds(caller)).toEqual(['bind'])
    expect((await todayOf(caller)).tasks).toMatchObject([
      { title: '支部没有通过您的绑定', detail: `支部说明：${reason}`, action: '重新绑定' },
    ])
    expect((await claimsSeenBy(li, 'rejected')).map(({ memberName }) => memberName)).toContain('孙小梅')
    const again = await claimAs(village, caller, 'sun')
    expect(claimIn(again)).toMatchObject({ state: 'pending', reason: null })
  })

  it.each([[{}], [{ reason: '' }], [{ reason: '否' }], [{ reason: '长'.repeat(201) }], [{ reason: 7 }]])(
    'without a reason in words (%j) nothing is decided',
    async (body) => {
      const [waiting] = await claimsSeenBy(li)
      const answer = await li.post(`/bindings/${waiting?.id}/rejection`, body).expect(400)
      expect(problemIn(answer).fields?.map(({ field }) => field)).toEqual(['reason'])
      expect((await claimsSeenBy(li)).map(({ id }) => id)).toEqual([waiting?.id])
    },
  )

  it('undoing takes the membership away at once, and frees the member', async () => {
    const [waiting] = await claimsSeenBy(li)
    await li.post(`/bindings/${waiting?.id}/confirmation`).expect(201)
    const sun = await village.as('sun')
    await sun.get('/me/bills').expect(200)

    const reason = '号码换了主人'
    await li.post(`/bindings/${waiting?.id}/undoing`, { reason }).expect(201)
    expect(problemIn(await sun.get('/me/bills').expect(403)).code).toBe('access.not-yours')
    expect(await accountOf(sun)).toMatchObject({
      membership: null,
      binding: { state: 'undone', reason, endedBy: 'branch' },
    })
    expect((await todayOf(sun)).tasks).toMatchObject([{ title: '支部撤销了您的绑定' }])
    expect(await claimsSeenBy(li, 'confirmed')).not.toContainEqual(
      expect.objectContaining({ memberName: '孙小梅' }),
    )

    const { claim } = await newClaim(village, 'stranger', PHONES.sun)
    // Who undid the binding of another account does not confirm the next.
    const zhou = await village.as('zhou')
    await zhou.post(`/bindings/${claim.id}/confirmation`).expect(201)
    expect((await accountOf(await village.as('stranger'))).membership?.name).toBe('孙小梅')
  })

  it('a binding that was undone can be neither undone nor confirmed again', async () => {
    const bound = (await claimsSeenBy(li, 'confirmed')).find(({ memberName }) => memberName === '孙小梅')
    await li.post(`/bindings/${bound?.id}/undoing`, { reason: '登记有误' }).expect(201)
    await li.post(`/bindings/${bound?.id}/undoing`, { reason: '登记有误' }).expect(409)
    await li.post(`/bindings/${bound?.id}/confirmation`).expect(409)
    await li.post(`/bindings/${bound?.id}/rejection`, { reason: '登记有误' }).expect(409)
  })

  it('a person takes a claim back before it is decided, and the branch no longer sees it', async () => {
    const { caller, claim } = await newClaim(village, 'sun')
    await caller.delete(`/bindings/${claim.id}`).expect(204)
    expect(await claimsSeenBy(li)).toEqual([])
    expect(await accountOf(caller)).toMatchObject({
      binding: { state: 'undone', reason: null, endedBy: 'withdrawal' },
    })
    expect((await todayOf(caller)).tasks).toMatchObject([{ title: '您撤回了绑定申请' }])
    expect(problemIn(await li.post(`/bindings/${claim.id}/confirmation`).expect(409)).code).toBe(
      'binding.decided-meanwhile',
    )
    await caller.delete(`/bindings/${claim.id}`).expect(404)
    expect((await claimAs(village, caller, 'sun')).status).toBe(201)
  })

  it('a confirmed binding is not taken back that way: the branch undoes it', async () => {
    const [waiting] = await claimsSeenBy(li)
    // 李建国 has undone another account's binding to her, so another person confirms.
    await (await village.as('zhou')).post(`/bindings/${waiting?.id}/confirmation`).expect(201)
    const sun = await village.as('sun')
    await sun.delete(`/bindings/${waiting?.id}`).expect(404)
    await sun.get('/me/bills').expect(200)
  })

  it('nobody takes back what another claimed', async () => {
    const { claim } = await newClaim(village, 'guiying')
    await (await village.as('sun')).delete(`/bindings/${claim.id}`).expect(404)
    await li.delete(`/bindings/${claim.id}`).expect(404)
  })
})
