import type { OwnArt23 } from '../../../server/contracts/organization/exemption.js'
import type { MemberFactList } from '../../../server/contracts/organization/member-fact.js'
import type { ApprovalPage } from '../../../server/contracts/platform/approval.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('a member asks that nothing is demanded of them, Art. 23', () => {
  let village: Village
  let wang: Caller
  let li: Caller

  beforeAll(async () => {
    village = await openVillage()
    wang = await village.as('wang')
    li = await village.as('li')
  })
  afterAll(() => village.world.close())

  const mine = async (caller: Caller) => (await caller.get('/me/art-23').expect(200)).body as OwnArt23
  const ask = (caller: Caller, reason: string) => caller.post('/me/art-23/requests', { reason })
  const waitingFor = async (caller: Caller) =>
    ((await caller.get('/approvals').expect(200)).body as ApprovalPage).items

  it('the branch finds it among what waits, and says why not', async () => {
    expect(await mine(wang)).toEqual({ value: 'none', text: '照常参加组织生活和学习', request: null })
    await ask(wang, '最近忙，不想开会').expect(201)
    await ask(wang, '再说一次').expect(409)
    const [request] = await waitingFor(li)
    expect(request).toMatchObject({
      title: '王秀兰申请组织生活和学习不作要求',
      can: { decide: true, withdraw: false },
    })
    await li.post(`/approvals/${request?.id}/refusal`, { opinion: '请先到卫生院开证明' }).expect(201)
    expect(await mine(wang)).toMatchObject({
      value: 'none',
      request: { state: 'refused', opinion: '请先到卫生院开证明' },
    })
  })

  it('when the branch agrees it is recorded as asked for, from that day, and nothing is owed less', async () => {
    await ask(wang, '七十八岁，腿脚不便').expect(201)
    const [request] = await waitingFor(li)
    await li.post(`/approvals/${request?.id}/approval`, {}).expect(201)
    expect(await mine(wang)).toMatchObject({ value: 'by-request', request: { state: 'approved' } })
    const { items } = (await li.get(`/members/${village.members.wang.id}/facts`).expect(200))
      .body as MemberFactList
    expect(items[0]).toMatchObject({
      kind: 'art-23',
      value: 'by-request',
      fromOn: '2026-11-21',
      reason: '本人申请：七十八岁，腿脚不便',
      recordedBy: '李建国',
    })
    const refusal = await ask(wang, '再申请').expect(409)
    expect(refusal.body).toMatchObject({ code: 'member.fact-known' })
  })

  it('a secretary who asks is not decided by themselves', async () => {
    await ask(li, '长期住院').expect(201)
    expect(await waitingFor(li)).toEqual([])
    const [request] = await waitingFor(await village.as('zhou'))
    expect(request).toMatchObject({ title: '李建国申请组织生活和学习不作要求', can: { decide: true } })
    await li.post(`/approvals/${request?.id}/approval`, {}).expect(409)
  })
})
