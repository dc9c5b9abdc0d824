import type { OwnRoles } from '../../../server/contracts/organization/role.js'
import type { Timeline } from '../../../server/contracts/home/member-page.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { claimAs, problemIn } from '../binding/claims.js'
import { approve, asked, endRole, openDesk, rolesSeenBy, withPin, type Desk } from './role-desk.js'

describe('a role is asked for by one person and given by another', () => {
  let village: Village
  let desk: Desk
  let wang: Caller

  beforeEach(async () => {
    village = await openVillage()
    desk = await openDesk(village)
    wang = await village.as('wang')
  })
  afterEach(() => village.world.close())

  const forWang = (more: object = {}) => ({
    role: 'dues-officer' as const,
    unitId: village.dongling.id,
    memberId: village.members.wang.id,
    ...more,
  })

  it('until then nothing holds; then it holds at once, and she sees who gave it and why', async () => {
    const request = await asked(desk.ma, forWang())
    expect(request).toMatchObject({
      kind: 'role.grant',
      title: '授予王秀兰“党费管理员”',
      requesterName: '马丽（中共云溪县委员会工作岗）',
      asksPin: true,
      nobodyElse: false,
    })
    await wang.get('/dues-ledger').expect(403)
    expect(problemIn(await approve(desk.ma, request).expect(409)).code).toBe('approval.own-request')
    await approve(desk.rena, request).expect(201)
    await wang.get('/dues-ledger').expect(200)
    const { items } = (await wang.get('/me/roles').expect(200)).body as OwnRoles
    expect(items).toEqual([
      expect.objectContaining({
        roleName: '党费管理员',
        unitName: '东岭村党支部',
        holderName: '王秀兰',
        grantedBy: '马丽（中共云溪县委员会工作岗）',
        document: '云组发〔2026〕12号',
        reason: '换届后分工调整',
        endedAt: null,
        can: { end: false },
      }),
    ])
    const { body } = await desk.ma.get(`/members/${village.members.wang.id}/timeline`).expect(200)
    expect((body as Timeline).items.map(({ text }) => text)).toContain('担任“党费管理员”')
  })

  it('without the PIN, with a wrong one, for oneself, outside one’s units: nothing', async () => {
    const paper = { document: '云组发〔2026〕12号', reason: '换届后分工调整' }
    const body = { ...forWang(), ...paper }
    expect(problemIn(await desk.ma.post('/roles', body).expect(403)).code).toBe('pin.needed')
    expect(problemIn(await withPin(desk.ma.post('/roles', body), '000001').expect(403)).code).toBe(
      'pin.wrong',
    )
    await (await village.as('zhou')).post('/roles', body).expect(403)
    await withPin(desk.ma.post('/roles', { ...body, unitId: village.members.wang.id })).expect(404)
    const both = { ...body, office: { title: '党费管理岗', personName: '阿依努尔', phone: '19990040001' } }
    expect(problemIn(await withPin(desk.ma.post('/roles', both)).expect(400)).message).toContain('两者选一')
    const past = { ...body, lastOn: '2026-11-20' }
    const refused = (await withPin(desk.ma.post('/roles', past)).expect(400)).body as Problem
    expect(refused.fields).toEqual([expect.objectContaining({ field: 'lastOn' })])
    await withPin(desk.ma.post('/roles', { ...body, lastOn: '2027-02-30' })).expect(400)
    const unbound = { ...body, memberId: village.members.he.id }
    expect(problemIn(await withPin(desk.ma.post('/roles', unbound)).expect(409)).code).toBe('role.not-bound')
    expect(await rolesSeenBy(desk.ma)).toHaveLength(6)
  })

  it('whoever holds it already is not asked about twice, nor while it waits', async () => {
    const first = await asked(desk.ma, forWang())
    const paper = { document: '云组发〔2026〕12号', reason: '换届后分工调整' }
    expect(
      problemIn(await withPin(desk.rena.post('/roles', { ...forWang(), ...paper })).expect(409)).code,
    ).toBe('approval.waits-already')
    await approve(desk.rena, first).expect(201)
    expect(
      problemIn(await withPin(desk.rena.post('/roles', { ...forWang(), ...paper })).expect(409)).code,
    ).toBe('role.held-already')
  })

  it('a clerk who is no member takes the office with the telephone that two people have named', async () => {
    const office = { title: '党费管理岗', personName: '阿依努尔', phone: PHONES.stranger }
    const body = { role: 'dues-officer' as const, unitId: village.dongling.id, office }
    await approve(desk.rena, await asked(desk.ma, body)).expect(201)
    const clerk = await village.as('stranger')
    await clerk.get('/dues-ledger').expect(403)
    const claimed = await claimAs(village, clerk, 'stranger')
    expect([claimed.status, claimed.body]).toEqual([201, { binding: null, offices: ['党费管理岗'] }])
    await clerk.get('/dues-ledger').expect(200)
    const held = (await rolesSeenBy(desk.ma)).find(({ holderName }) => holderName.startsWith('阿依努尔'))
    expect(held).toMatchObject({
      holderName: '阿依努尔（东岭村党支部党费管理岗）',
      memberId: null,
      inUse: true,
    })
    // The office closes with its last role, and its number opens nothing any more.
    await endRole(desk.rena, held?.id ?? '').expect(201)
    await clerk.get('/dues-ledger').expect(403)
    const again = await claimAs(village, clerk, 'stranger')
    expect([again.status, problemIn(again).code]).toEqual([400, 'binding.not-on-roster'])
  })

  it('one ends a role at once with a reason, but that of whoever manages roles only with another', async () => {
    const zhou = await village.as('zhou')
    const held = await rolesSeenBy(desk.ma)
    const officers = held.find(({ role }) => role === 'dues-officer')
    await zhou.get('/dues-ledger').expect(200)
    const ended = await endRole(desk.ma, officers?.id ?? '', '岗位轮换').expect(201)
    expect(ended.body).toMatchObject({ endedBecause: '已收回：岗位轮换', can: { end: false } })
    await zhou.get('/dues-ledger').expect(403)
    expect(problemIn(await endRole(desk.ma, officers?.id ?? '').expect(409)).code).toBe('role.ended')

    const admins = held.filter(({ role }) => role === 'administrator')
    const [own, others] = [admins.find(({ can }) => !can.end), admins.find(({ can }) => can.end)]
    expect(problemIn(await endRole(desk.ma, own?.id ?? '').expect(409)).code).toBe('access.about-yourself')
    await endRole(desk.ma, others?.id ?? '').expect(201)
    // She whose role is to end is the only other one: only the operator is left, and she still manages roles.
    await desk.rena.get('/roles').expect(200)
    expect(await rolesSeenBy(desk.ma, '?state=ended')).toHaveLength(1)
  })
})
