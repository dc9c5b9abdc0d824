import type { OwnBinding } from '../../../server/contracts/organization/binding.js'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { MyBranch } from '../../../server/contracts/home/branch.js'
import type { Today } from '../../../server/contracts/home/today.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimAs, claimIn, claimsSeenBy, problemIn, taskKinds } from './claims.js'

describe('a member binds by the number WeChat vouches for, and the branch confirms', () => {
  let village: Village
  let sun: Caller
  let li: Caller
  let claim: OwnBinding

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.bills(village.committee, '2026-11')
    sun = await village.as('sun')
    li = await village.as('li')
  })
  afterAll(() => village.world.close())

  it('at first she is nobody here: one thing to do, and no bills', async () => {
    expect(await accountOf(sun)).toMatchObject({ membership: null, binding: null })
    expect(await taskKinds(sun)).toEqual(['bind'])
    expect(problemIn(await sun.get('/me/bills').expect(403)).code).toBe('access.not-yours')
  })

  it('her claim names the branch that decides, and nothing else about the roster', async () => {
    const answer = await claimAs(village, sun, 'sun')
    expect(answer.status).toBe(201)
    claim = claimIn(answer)
    expect(claim).toEqual({
      id: expect.any(String) as string,
      state: 'pending',
      unitName: '东岭村党支部',
      claimedAt: '2026-11-21T04:00:00.000Z',
      reason: null,
      endedBy: null,
    })
  })

  it('today she waits for the branch, and still has no bills', async () => {
    const { tasks, contact } = (await sun.get('/me/today').expect(200)).body as Today
    expect(tasks).toEqual([
      {
        kind: 'bind',
        title: '等支部确认',
        detail: '东岭村党支部的书记确认后就可以使用',
        action: '查看进度',
        amountFen: null,
        billIds: [],
        decisions: [],
      },
    ])
    expect(contact).toMatchObject({ unitName: '东岭村党支部', phone: '0990-6120102' })
    await sun.get('/me/bills').expect(403)
    await sun.get('/me/branch').expect(403)
    expect(await accountOf(sun)).toMatchObject({
      membership: null,
      binding: { id: claim.id, state: 'pending' },
    })
  })

  it('the claim waits in the list of the secretary, with the number masked', async () => {
    expect(await claimsSeenBy(li)).toEqual([
      {
        id: claim.id,
        state: 'pending',
        memberId: village.members.sun.id,
        memberName: '孙小梅',
        unitName: '东岭村党支部',
        phone: '199****0004',
        claimedAt: '2026-11-21T04:00:00.000Z',
        decidedAt: null,
        reason: null,
        can: { confirm: true, reject: true, undo: false, askToUndo: false },
      },
    ])
    const { tasks } = (await li.get('/me/today').expect(200)).body as Today
    expect(tasks).toContainEqual(
      expect.objectContaining({ kind: 'decide', title: '等我处理', detail: '1 人申请绑定' }),
    )
  })

  it('claiming again while it waits is refused in words', async () => {
    const again = await claimAs(village, sun, 'sun')
    expect([again.status, problemIn(again).code]).toEqual([409, 'binding.pending'])
  })

  it('the secretary confirms, and she has her bills and her branch at once', async () => {
    const decided = (await li.post(`/bindings/${claim.id}/confirmation`).expect(201)).body as unknown
    expect(decided).toMatchObject({ state: 'confirmed', can: { confirm: false, reject: false, undo: true } })
    expect(await claimsSeenBy(li)).toEqual([])

    const bills = (await sun.get('/me/bills').expect(200)).body as BillPage
    expect(bills.items.map(({ month, amountFen }) => [month, amountFen])).toEqual([['2026-11', 20]])
    const branch = (await sun.get('/me/branch').expect(200)).body as MyBranch
    expect(branch).toMatchObject({ name: '东岭村党支部', memberCount: 7 })
    expect(await taskKinds(sun)).toEqual(['pay-dues'])
    expect(await accountOf(sun)).toMatchObject({
      membership: { memberId: village.members.sun.id, name: '孙小梅', unitName: '东岭村党支部' },
      binding: null,
      menu: [],
    })
  })

  it('whoever is bound needs no second binding', async () => {
    const again = await claimAs(village, sun, 'sun')
    expect([again.status, problemIn(again).code]).toEqual([409, 'binding.already-bound'])
  })

  it('confirming what is confirmed is refused', async () => {
    const again = await li.post(`/bindings/${claim.id}/confirmation`).expect(409)
    expect(problemIn(again).code).toBe('binding.decided-meanwhile')
  })
})
