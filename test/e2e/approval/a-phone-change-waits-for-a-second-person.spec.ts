import type { Approval, ApprovalPage } from '../../../server/contracts/platform/approval.js'
import type { PhoneChange } from '../../../server/contracts/organization/phone-change.js'
import { ApprovalDecisions } from '../../../server/platform/approval/approval-decisions.js'
import { ApprovalJobs } from '../../../server/platform/approval/approval.jobs.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { Accounts } from '../../../server/platform/auth/accounts.js'
import { NOON, OPENIDS, openVillage, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { problemIn } from '../binding/claims.js'

const DAY_MS = 24 * 3600_000
const NEW = '19990011111'
const REASON = '换了号码'

describe('the telephone of somebody who is bound changes only when a second person agrees', () => {
  let village: Village
  let li: Caller
  let zhou: Caller
  let chen: Caller

  beforeEach(async () => {
    village = await openVillage()
    li = await village.as('li')
    zhou = await village.as('zhou')
    chen = await village.as('chen')
  })
  afterEach(() => village.world.close())

  const phoneOf = async (id: string): Promise<string | null> =>
    (await village.world.database.repository(MemberRecord).findOneByOrFail({ id })).phone
  const changeOf = async (caller: Caller, phone = NEW, member = village.members.chen): Promise<PhoneChange> =>
    (await caller.post(`/members/${member.id}/phone-changes`, { phone, reason: REASON }).expect(201))
      .body as PhoneChange
  const waitingFor = async (caller: Caller): Promise<Approval[]> =>
    ((await caller.get('/approvals').expect(200)).body as ApprovalPage).items
  const mine = async (caller: Caller): Promise<Approval[]> =>
    ((await caller.get('/me/approvals').expect(200)).body as ApprovalPage).items

  it('the old number holds until the officer above agrees, and everybody concerned sees it', async () => {
    const change = await changeOf(li)
    expect(change).toEqual({
      state: 'waiting',
      phone: '199****0002',
      approvalId: expect.any(String) as string,
      message: '已提交。原手机号在另一位有此职责的人确认之前照常有效。',
    })
    expect(await phoneOf(village.members.chen.id)).toBe(PHONES.chen)

    expect(await waitingFor(li)).toEqual([])
    const [waiting] = await waitingFor(zhou)
    expect(waiting).toMatchObject({
      id: change.approvalId,
      kind: 'member.phone',
      state: 'waiting',
      count: 1,
      title: '陈晓霞更换手机号',
      lines: [
        { label: '党组织', value: '东岭村党支部' },
        { label: '原手机号', value: '199****0002' },
        { label: '新手机号', value: '199****1111' },
        { label: '理由', value: REASON },
      ],
      requesterName: '李建国',
      lapsesAt: '2026-12-21T04:00:00.000Z',
      can: { decide: true, withdraw: false, object: false },
    })
    expect(await mine(chen)).toMatchObject([{ id: change.approvalId, can: { decide: false, object: true } }])
    expect(await mine(li)).toMatchObject([
      { id: change.approvalId, nobodyElse: false, can: { withdraw: true } },
    ])

    const decided = await zhou.post(`/approvals/${change.approvalId}/approval`).expect(201)
    expect(decided.body).toMatchObject({ state: 'approved', can: { decide: false } })
    expect(await phoneOf(village.members.chen.id)).toBe(NEW)
    expect(await waitingFor(zhou)).toEqual([])
    expect(
      problemIn(await zhou.post(`/approvals/${change.approvalId}/refusal`, { opinion: '晚了' })).code,
    ).toBe('approval.decided-meanwhile')
  })

  it('who asked decides nothing, nor does the person concerned, whatever roles they hold', async () => {
    const { approvalId } = await changeOf(li)
    const own = await li.post(`/approvals/${approvalId}/approval`).expect(409)
    expect(problemIn(own).code).toBe('approval.own-request')
    const { county } = village.world
    const account = await village.world.app.get(Accounts).forOpenid(OPENIDS.chen, null)
    await county.grant(account, 'dues-officer', village.committee)
    village.world.forgetTokens(account)
    const officer = await village.as('chen')
    const about = await officer.post(`/approvals/${approvalId}/approval`).expect(409)
    expect(problemIn(about).code).toBe('access.about-yourself')
    expect(await waitingFor(officer)).toEqual([])
    await (await village.as('zhao')).post(`/approvals/${approvalId}/approval`).expect(404)
    await (await village.as('wang')).get(`/approvals/${approvalId}`).expect(404)
    expect(await phoneOf(village.members.chen.id)).toBe(PHONES.chen)
  })

  it('the person concerned objects, with a reason that who asked reads', async () => {
    const { approvalId } = await changeOf(li)
    await (
      await village.as('wang')
    )
      .post(`/approvals/${approvalId}/objection`, { opinion: '不对' })
      .expect(404)
    await chen.post(`/approvals/${approvalId}/objection`, { opinion: '我没有换号码' }).expect(201)
    expect(await mine(li)).toMatchObject([
      { state: 'refused', opinion: '我没有换号码', deciderName: '陈晓霞' },
    ])
    await zhou.post(`/approvals/${approvalId}/approval`).expect(409)
    expect(await phoneOf(village.members.chen.id)).toBe(PHONES.chen)
  })

  it('the same is asked for once; taken back, it may be asked for again', async () => {
    const { approvalId } = await changeOf(li)
    const again = await zhou
      .post(`/members/${village.members.chen.id}/phone-changes`, { phone: '19990012222', reason: REASON })
      .expect(409)
    expect(problemIn(again).code).toBe('approval.waits-already')
    await zhou.post(`/approvals/${approvalId}/withdrawal`).expect(404)
    await li.post(`/approvals/${approvalId}/withdrawal`).expect(201)
    expect((await changeOf(zhou, '19990012222')).state).toBe('waiting')
  })

  it('after 30 days it can no longer be decided, and the clock ends it', async () => {
    const { approvalId } = await changeOf(li)
    village.world.turnClockTo(new Date(NOON.getTime() + 30 * DAY_MS))
    const late = await village.as('zhou')
    await late.post(`/approvals/${approvalId}/approval`).expect(409)
    await village.world.app.get(ApprovalJobs, { strict: false }).lapse()
    expect(await mine(await village.as('li'))).toMatchObject([{ state: 'lapsed' }])
    expect((await changeOf(await village.as('li'))).state).toBe('waiting')
  })

  it('where nobody else may decide, the operator does, by a document, and only then', async () => {
    const decisions = village.world.app.get(ApprovalDecisions, { strict: false })
    const { approvalId } = await changeOf(zhou)
    expect(await decisions.waitingForOperator()).toEqual([])
    await expect(
      decisions.decideByOperator(approvalId ?? '', '县委组织部函〔2026〕3号'),
    ).rejects.toMatchObject({
      code: 'approval.somebody-else',
    })
    await village.world.database.execute(`UPDATE access_grant SET revokedAt = ? WHERE role = 'secretary'`, [
      NOON,
    ])
    expect(await mine(zhou)).toMatchObject([{ id: approvalId, nobodyElse: true }])
    expect((await decisions.waitingForOperator()).map(([row]) => row?.id)).toEqual([approvalId])
    await decisions.decideByOperator(approvalId ?? '', '县委组织部函〔2026〕3号')
    expect(await phoneOf(village.members.chen.id)).toBe(NEW)
    expect(await mine(zhou)).toMatchObject([{ state: 'approved', deciderName: '系统管理员' }])
  })

  it('the number of somebody who is not bound changes at once; nobody changes their own', async () => {
    expect(await changeOf(li, NEW, village.members.sun)).toMatchObject({
      state: 'changed',
      phone: '199****1111',
    })
    expect(await phoneOf(village.members.sun.id)).toBe(NEW)
    const own = await li
      .post(`/members/${village.members.li.id}/phone-changes`, { phone: NEW, reason: REASON })
      .expect(409)
    expect(problemIn(own).code).toBe('access.about-yourself')
  })
})
