import type { Approval } from '../../../server/contracts/platform/approval.js'
import type { DisclosureRecordPage } from '../../../server/contracts/organization/member.js'
import { RoleCarriers } from '../../../server/modules/organization/roles/role-carriers.js'
import { NOON, OPENIDS, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { claimsSeenBy, newMember, problemIn } from '../binding/claims.js'
import { openDesk, rolesSeenBy, type Desk } from './role-desk.js'

const DAY_MS = 24 * 3600_000

describe('a role ends with what carries it', () => {
  let village: Village
  let desk: Desk
  let li: Caller
  let zhou: Caller

  beforeEach(async () => {
    village = await openVillage()
    desk = await openDesk(village)
    li = await village.as('li')
    zhou = await village.as('zhou')
  })
  afterEach(() => village.world.close())

  const endedOf = async (memberId: string) =>
    (await rolesSeenBy(desk.ma, '?state=ended')).filter((role) => role.memberId === memberId)
  const record = (caller: Caller, memberId: string, kind: string, value: string, fromOn = '2026-11-20') =>
    caller.post(`/members/${memberId}/facts`, { kind, value, fromOn, reason: '按文件登记' })

  it('with the consent: he reads no number any more, and nothing but a new role gives it back', async () => {
    await li.post(`/members/${village.members.wang.id}/disclosures`, { reason: '打电话' }).expect(201)
    await li.delete('/me/consent').expect(204)
    const back = await village.as('li')
    await back.post(`/members/${village.members.wang.id}/disclosures`, { reason: '打电话' }).expect(403)
    expect(await endedOf(village.members.li.id)).toEqual([
      expect.objectContaining({ endedBecause: '本人撤回了同意', roleName: '支部书记' }),
    ])
  })

  it('with the binding, and binding anew does not bring it back', async () => {
    const [claim] = (await claimsSeenBy(zhou, 'confirmed')).filter(
      ({ memberName }) => memberName === '李建国',
    )
    await zhou.post(`/bindings/${claim?.id}/undoing`, { reason: '换了微信号' }).expect(201)
    await li.get('/members').expect(403)
    expect(await endedOf(village.members.li.id)).toEqual([
      expect.objectContaining({ endedBecause: '本人的绑定或组织关系已结束：换了微信号' }),
    ])
  })

  it('with the membership, in the transaction that ends it, also for another process within 5 s', async () => {
    const other = await village.world.anotherServer(NOON)
    await li.at(other.baseUrl).get('/members').expect(200)
    await record(zhou, village.members.li.id, 'standing', 'died').expect(201)
    await li.get('/members').expect(403)
    other.turnClockTo(new Date(NOON.getTime() + 5_000))
    await li.at(other.baseUrl).get('/members').expect(403)
    await other.close()
  })

  it('with a move out of the unit, but not with one inside it', async () => {
    const { world, dongling, hexi, members } = village
    const { county } = world
    const group = await county.unit('group', '东岭村第一党小组', dongling)
    await record(zhou, members.li.id, 'unit', group.id).expect(201)
    await li.get('/members').expect(200)
    await record(zhou, members.li.id, 'unit', hexi.id, '2026-11-21').expect(201)
    await li.get('/members').expect(403)
    expect(await endedOf(members.li.id)).toEqual([
      expect.objectContaining({ endedBecause: '组织关系已转出' }),
    ])
  })

  it('with the post it comes with', async () => {
    const { world, dongling, members } = village
    await world.county.post(dongling, members.wang, '组织委员')
    const post = { unitId: dongling.id, title: '组织委员' }
    const wang = await village.as('wang')
    await world.county.grantWithPost(members.wang, 'dues-officer', dongling, post)
    await wang.get('/dues-ledger').expect(200)
    const { body } = await zhou.get(`/units/${dongling.id}/posts`).expect(200)
    const held = (body as { items: Array<{ id: string; title: string }> }).items.find(
      ({ title }) => title === '组织委员',
    )
    await zhou
      .post(`/units/${dongling.id}/posts/${held?.id}/ending`, { untilOn: '2026-11-21', reason: '换届' })
      .expect(201)
    await wang.get('/dues-ledger').expect(403)
    expect(await endedOf(members.wang.id)).toEqual([expect.objectContaining({ endedBecause: '职务已免去' })])
  })

  it('after its last day, whether or not the clock has come round', async () => {
    const { world, dongling, members } = village
    await world.county.grantWithPost(members.wang, 'dues-officer', dongling, null, '2026-11-21')
    const wang = await village.as('wang')
    await wang.get('/dues-ledger').expect(200)
    world.turnClockTo(new Date(NOON.getTime() + DAY_MS))
    await wang.get('/dues-ledger').expect(403)
    await world.app.get(RoleCarriers, { strict: false }).endTerms()
    expect(await endedOf(members.wang.id)).toEqual([expect.objectContaining({ endedBecause: '任期已满' })])
  })

  it('every reading names the person, also one in an office', async () => {
    const { world, dongling, members } = village
    const account = await world.county.account(OPENIDS.stranger)
    await world.county.grant(account, 'secretary', dongling, { name: '阿依努尔', phone: null })
    const clerk = await village.as('stranger')
    await clerk.post(`/members/${members.wang.id}/disclosures`, { reason: '慰问' }).expect(201)
    const wang = await village.as('wang')
    const { items } = (await wang.get('/me/disclosures').expect(200)).body as DisclosureRecordPage
    expect(items.map(({ readerName }) => readerName)).toEqual(['阿依努尔（东岭村党支部工作岗）'])
  })

  describe('who holds a role over a wider unit is decided by that wider unit', () => {
    let sun: Caller

    beforeEach(async () => {
      sun = await newMember(village, 'sun')
      await village.world.county.grantWithPost(village.members.sun, 'superior', village.committee, null)
    })

    it('his branch neither undoes his binding nor records an ending, and strips him of nothing', async () => {
      const { sun: member } = village.members
      const [claim] = (await claimsSeenBy(li, 'confirmed')).filter(({ memberId }) => memberId === member.id)
      expect(claim?.can).toEqual({ confirm: false, reject: false, undo: false, askToUndo: true })
      const undone = await li.post(`/bindings/${claim?.id}/undoing`, { reason: '不是本人' }).expect(409)
      expect(problemIn(undone).code).toBe('access.wider-role')
      expect(problemIn(await record(li, member.id, 'standing', 'left').expect(409)).code).toBe(
        'access.wider-role',
      )
      await sun.get(`/members/${village.members.lyu.id}`).expect(200)
    })

    it('but asks for it, and the wider unit decides', async () => {
      const { sun: member } = village.members
      const body = { kind: 'standing', value: 'left', fromOn: '2026-11-20', reason: '本人书面申请' }
      const { body: page } = await li.get(`/members/${member.id}`).expect(200)
      expect(page).toMatchObject({ can: { record: false, askToRecord: true } })
      const request = (await li.post(`/members/${member.id}/fact-requests`, body).expect(201))
        .body as Approval
      expect(request).toMatchObject({ title: '登记孙小梅的党籍状态', can: { withdraw: true, decide: false } })
      await sun.get(`/members/${village.members.lyu.id}`).expect(200)
      await zhou.post(`/approvals/${request.id}/approval`).expect(201)
      await sun.get(`/members/${village.members.lyu.id}`).expect(403)
      expect((await li.get(`/members/${member.id}/facts`).expect(200)).body).toMatchObject({
        items: expect.arrayContaining([expect.objectContaining({ value: 'left' })]) as unknown,
      })
    })

    it('undoing is asked for in the same way', async () => {
      const [claim] = (await claimsSeenBy(li, 'confirmed')).filter(
        ({ memberId }) => memberId === village.members.sun.id,
      )
      const asked = await li.post(`/bindings/${claim?.id}/undoing-requests`, { reason: '不是本人' })
      expect(asked.status).toBe(201)
      await zhou.post(`/approvals/${(asked.body as Approval).id}/approval`).expect(201)
      await sun.get(`/members/${village.members.lyu.id}`).expect(403)
    })
  })
})
