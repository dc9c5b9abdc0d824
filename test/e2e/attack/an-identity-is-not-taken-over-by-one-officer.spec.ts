import type { PhoneChange } from '../../../server/contracts/organization/phone-change.js'
import { BindingDecisions } from '../../../server/modules/organization/bindings/binding-decisions.service.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { NOON, openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { accountOf, claimAs, claimsSeenBy, newClaim, problemIn } from '../binding/claims.js'
import { ImportDesk, line } from '../roster/import-desk.js'

/** The officer's second telephone, with a WeChat account of its own. */
const SECOND = PHONES.stranger
const REASON = '换了号码'
const DAY_MS = 24 * 3600_000

/** 周敏 wants to be 陈晓霞: change her number, claim with a second account, confirm it. She fails at each turn. */
describe('one officer alone does not take over an identity', () => {
  let village: Village
  let zhou: Caller
  let li: Caller

  beforeEach(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
    li = await village.as('li')
  })
  afterEach(() => village.world.close())

  const phoneOf = async (id: string): Promise<string | null> =>
    (await village.world.database.repository(MemberRecord).findOneByOrFail({ id })).phone
  const bindingOf = async (name: string): Promise<string> =>
    (await claimsSeenBy(zhou, 'confirmed')).find(({ memberName }) => memberName === name)?.id ?? ''
  const change = (caller: Caller, memberId: string, phone: string = SECOND) =>
    caller.post(`/members/${memberId}/phone-changes`, { phone, reason: REASON })

  it('by an import: the numbers of those who are bound wait, in one list; the others are changed at once', async () => {
    const desk = new ImportDesk(village.world, zhou)
    const lines = [line('冯一'), line('冯二'), line('冯三')]
    await desk.import(lines)
    const [one, two, three] = await Promise.all(lines.map((cells) => desk.memberOf(cells)))
    if (!one || !two || !three) throw new Error('three were imported')
    for (const member of [one, two]) {
      await village.world.county.bind(await village.world.county.account(`o-feng-${member.id}`), member)
    }
    const numbers = ['19970000001', '19970000002', '19970000003']
    const again = lines.map((cells, index) => ({
      ...cells,
      联系电话: numbers[index] ?? '',
      工作岗位: '医生',
    }))
    const { id, phonesWaiting } = await desk.import(again)
    expect(phonesWaiting).toBe(2)
    expect(await Promise.all([one, two, three].map((member) => phoneOf(member.id)))).toEqual([
      one.phone,
      two.phone,
      numbers[2],
    ])

    const stranger = await village.as('stranger')
    expect((await claimAs(village, stranger, 'stranger', numbers[0])).status).toBe(400)
    expect(problemIn(await zhou.post(`/approvals/${id}/approval`).expect(409)).code).toBe(
      'approval.own-request',
    )
    // The list is of the county: the secretary of one branch does not decide it.
    await li.post(`/approvals/${id}/approval`).expect(404)

    const { county } = village.world
    const officer = 'o-second-officer-0000000'
    await county.grant(await county.account(officer), 'dues-officer', village.committee)
    await village.world.person(officer)
    const second = await village.world.signIn(officer)
    expect((await second.get('/approvals').expect(200)).body).toMatchObject({
      items: [
        { id, count: 2, title: '冯一更换手机号，等 2 项', first: ['冯一更换手机号', '冯二更换手机号'] },
      ],
    })
    const { body } = await second.get(`/approvals/${id}/requests`).expect(200)
    expect(body).toMatchObject({
      items: [{ title: '冯一更换手机号' }, { title: '冯二更换手机号' }],
      next: null,
    })
    await second.post(`/approvals/${id}/approval`).expect(201)
    expect(await Promise.all([one, two].map((member) => phoneOf(member.id)))).toEqual(numbers.slice(0, 2))
    expect((await desk.find(id)).phonesWaiting).toBe(0)
  })

  it('by undoing and claiming anew: who undid it and entered the number does not confirm it', async () => {
    const { chen } = village.members
    await zhou.post(`/bindings/${await bindingOf('陈晓霞')}/undoing`, { reason: '登记有误' }).expect(201)
    expect((await change(zhou, chen.id).expect(201)).body).toMatchObject({ state: 'changed' })
    const { caller, claim } = await newClaim(village, 'stranger', SECOND)
    const answer = await zhou.post(`/bindings/${claim.id}/confirmation`).expect(409)
    expect(problemIn(answer)).toMatchObject({ code: 'binding.second-person' })
    expect(problemIn(answer).message).toContain('请由李建国确认')
    expect((await accountOf(caller)).membership).toBeNull()
    // Somebody who had no hand in it may.
    await li.post(`/bindings/${claim.id}/confirmation`).expect(201)
  })

  it('by a form alone: the number of somebody who is not bound is changed, but not confirmed by who entered it', async () => {
    const { sun } = village.members
    await change(li, sun.id).expect(201)
    const { claim } = await newClaim(village, 'stranger', SECOND)
    expect(problemIn(await li.post(`/bindings/${claim.id}/confirmation`).expect(409)).code).toBe(
      'binding.second-person',
    )
    await zhou.post(`/bindings/${claim.id}/confirmation`).expect(201)
  })

  it('the old account sees what is asked about the number after its binding was undone, and objects', async () => {
    const { chen } = village.members
    const change1 = (await change(zhou, chen.id).expect(201)).body as PhoneChange
    await zhou.post(`/bindings/${await bindingOf('陈晓霞')}/undoing`, { reason: '登记有误' }).expect(201)
    const old = await village.as('chen')
    expect((await accountOf(old)).membership).toBeNull()
    expect((await old.get('/me/approvals').expect(200)).body).toMatchObject({
      items: [{ id: change1.approvalId, can: { object: true } }],
    })
    await old.post(`/approvals/${change1.approvalId}/objection`, { opinion: '我没有换号码' }).expect(201)
    expect(await phoneOf(chen.id)).toBe(PHONES.chen)
  })

  it('where nobody else may confirm, the message says so and the operator does, by a document', async () => {
    const { world } = village
    await zhou.post(`/bindings/${await bindingOf('陈晓霞')}/undoing`, { reason: '登记有误' }).expect(201)
    const { claim } = await newClaim(village, 'chen')
    await world.database.execute(`UPDATE access_grant SET revokedAt = ? WHERE role = 'secretary'`, [NOON])
    // The same account claims again: nobody is replaced.
    await zhou.post(`/bindings/${claim.id}/confirmation`).expect(201)
    await zhou.post(`/bindings/${claim.id}/undoing`, { reason: '登记有误' }).expect(201)
    const other = await newClaim(village, 'stranger', PHONES.chen)
    const answer = await zhou.post(`/bindings/${other.claim.id}/confirmation`).expect(409)
    expect(problemIn(answer).message).toContain('请系统管理员凭文件确认')
    await world.app
      .get(BindingDecisions, { strict: false })
      .confirmByOperator(other.claim.id, '组函〔2026〕5号')
    expect((await accountOf(await village.as('stranger'))).membership?.name).toBe('陈晓霞')
  })

  it('after 30 days the same person may confirm again', async () => {
    await change(li, village.members.sun.id).expect(201)
    village.world.turnClockTo(new Date(NOON.getTime() + 31 * DAY_MS))
    const { claim } = await newClaim(village, 'stranger', SECOND)
    await (await village.as('li')).post(`/bindings/${claim.id}/confirmation`).expect(201)
  })

  it('a couple still shares one number', async () => {
    const { guiying } = village.members
    expect((await change(li, guiying.id, PHONES.wang).expect(201)).body).toMatchObject({ state: 'changed' })
    const claim = await claimAs(village, await village.as('guiying'), 'guiying', PHONES.wang)
    expect(claim.body).toMatchObject({ binding: { state: 'name-needed' } })
  })
})
