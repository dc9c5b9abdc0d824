import type {
  AssessmentHistory,
  BillPage,
  DuesDifferencePage,
} from '../../../server/contracts/organization/dues.js'
import type { LedgerPage } from '../../../server/contracts/organization/ledger.js'
import type { Account } from '../../../server/contracts/home/account.js'
import type { Payment } from '../../../server/contracts/platform/payment.js'
import type { Problem } from '../../../server/contracts/platform/problem.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { ImportDesk, line } from '../roster/import-desk.js'

const IN_AUGUST = new Date('2026-08-05T09:00:00+08:00')

/** What was seen before facts had days: each of these made a wrong bill, lost one, or could not be undone. */
describe('facts of another month charge nobody', () => {
  let village: Village
  let zhou: Caller
  let desk: ImportDesk

  /** In August farmers are made to pay 0.50 yuan; the stories play in November. */
  beforeEach(async () => {
    village = await openVillage(IN_AUGUST)
    const policy = { farmerFen: 50, rounding: 'fen' }
    const officer = await village.as('zhou')
    await officer.put(`/units/${village.committee.id}/dues-policy`, policy).expect(200)
    village.world.turnClockTo(NOON)
    zhou = await village.as('zhou')
    desk = new ImportDesk(village.world, zhou)
  })
  afterEach(() => village.world.close())

  async function generate(month: string): Promise<void> {
    await zhou.post('/dues-generations', { month }).expect(201)
    await village.world.settle()
  }
  const assess = (memberId: string, fromMonth: string, more: object) =>
    zhou.post(`/members/${memberId}/assessments`, { fromMonth, reason: '重新核定', ...more })
  const record = (memberId: string, fact: object) =>
    zhou.post(`/members/${memberId}/facts`, { reason: '支部报来', ...fact }).expect(201)
  const ledger = async (month: string, unitId: string) =>
    (
      (await zhou.get(`/dues-ledger?month=${month}&unitId=${unitId}&limit=100`).expect(200))
        .body as LedgerPage
    ).items
  const billedTo = async (memberId: string, month: string, unitId = village.committee.id) =>
    (await ledger(month, unitId)).find((row) => row.memberId === memberId)?.amountFen
  const billsOf = async (caller: Caller) =>
    ((await caller.get('/me/bills').expect(200)).body as BillPage).items

  it('a student who became a farmer in November pays a student’s dues for September', async () => {
    const { sun } = village.members
    await assess(sun.id, '2026-08', { duesClass: 'student', later: 'replace' }).expect(201)
    await assess(sun.id, '2026-11', { duesClass: 'farmer' }).expect(201)
    for (const month of ['2026-09', '2026-11']) await generate(month)
    expect(await billedTo(sun.id, '2026-09')).toBe(20)
    expect(await billedTo(sun.id, '2026-11')).toBe(50)
  })

  it('an assessment for October does not wipe that of November, and asks before it would', async () => {
    const { chen } = village.members
    const wage = (yuan: number) => ({ duesClass: 'wage', baseFen: yuan * 100 })
    await assess(chen.id, '2026-11', wage(8000)).expect(201)
    const { code, message } = (await assess(chen.id, '2026-10', wage(7000)).expect(409)).body as Problem
    expect(code).toBe('dues.later-assessment')
    expect(message).toContain('2026年11月起已经另有核定')
    await assess(chen.id, '2026-10', { ...wage(7000), later: 'keep' }).expect(201)
    for (const month of ['2026-10', '2026-11']) await generate(month)
    expect(await billedTo(chen.id, '2026-10')).toBe(10_500)
    expect(await billedTo(chen.id, '2026-11')).toBe(12_000)
    const { items } = (await zhou.get(`/members/${chen.id}/assessments`).expect(200))
      .body as AssessmentHistory
    const standing = items.filter(({ withdrawnAt }) => withdrawnAt === null)
    expect(standing.map(({ fromMonth }) => fromMonth).sort()).toEqual(['2020-01', '2026-10', '2026-11'])
  })

  it('nor does a roster that is imported for October', async () => {
    const cells = line('韩丽华')
    await desk.import([cells], '2026-09')
    const { id } = await desk.memberOf(cells)
    await assess(id, '2026-11', { duesClass: 'wage', baseFen: 800_000 }).expect(201)
    await desk.import([{ ...cells, 计算基数: 7000 }], '2026-10')
    for (const month of ['2026-09', '2026-10', '2026-11']) await generate(month)
    expect(await billedTo(id, '2026-09')).toBe(4_501)
    expect(await billedTo(id, '2026-10')).toBe(10_500)
    expect(await billedTo(id, '2026-11')).toBe(12_000)
  })

  it('a base mistyped in a roster leaves no bill of 900 yuan: the corrected roster replaces it', async () => {
    const cells = line('曹春梅', { 计算基数: 45000 })
    await desk.import([cells], '2026-11')
    const { id } = await desk.memberOf(cells)
    await generate('2026-11')
    expect(await billedTo(id, '2026-11')).toBe(90_000)
    await desk.import([{ ...cells, 计算基数: 4500 }], '2026-11')
    expect(await billedTo(id, '2026-11')).toBe(4_500)
    const kept = await village.world.database.query(
      'SELECT amountFen, replacedByFen, cause FROM dues_bill_withdrawn WHERE memberId = ?',
      [id],
    )
    expect(kept.map((row) => ({ ...(row as object) }))).toEqual([
      { amountFen: 90_000, replacedByFen: 4_500, cause: 'assessment' },
    ])
  })

  it('nor one that nobody can change while it is being paid', async () => {
    const { chen: member } = village.members
    await assess(member.id, '2026-11', { duesClass: 'wage', baseFen: 4_500_000 }).expect(201)
    await generate('2026-11')
    const chen = await village.as('chen')
    const [bill] = await billsOf(chen)
    const { tradeNo } = (
      await chen
        .post('/payments', { billIds: [bill?.id] })
        .set('idempotency-key', 'too-much-01')
        .expect(201)
    ).body as Payment
    await assess(member.id, '2026-11', { duesClass: 'wage', baseFen: 450_000 }).expect(201)
    const { items } = (await zhou.get('/dues-differences').expect(200)).body as DuesDifferencePage
    expect(items).toMatchObject([{ billedFen: 90_000, owedFen: 4_500, state: 'waiting' }])
    await chen.delete(`/payments/${tradeNo}`).expect(200)
    expect((await billsOf(chen))[0]).toMatchObject({ month: '2026-11', amountFen: 4_500 })
  })

  it('the months before a move belong to the old branch, though they are billed after it', async () => {
    const { dongling, hexi, members } = village
    await record(members.chen.id, { kind: 'unit', value: hexi.id, fromOn: '2026-11-15' })
    for (const month of ['2026-09', '2026-11', '2026-12']) await generate(month)
    const units = [dongling.id, hexi.id]
    const inMonth = async (month: string) =>
      Promise.all(units.map((unit) => billedTo(members.chen.id, month, unit)))
    expect(await inMonth('2026-09')).toEqual([9_427, undefined])
    expect(await inMonth('2026-11')).toEqual([9_427, undefined])
    expect(await inMonth('2026-12')).toEqual([undefined, 9_427])
    // The old branch sees and collects them; the member sees all.
    const li = await village.as('li')
    const { items } = (await li.get('/dues-ledger?month=2026-09&limit=100').expect(200)).body as LedgerPage
    expect(items.map(({ memberName }) => memberName)).toContain('陈晓霞')
    expect((await billsOf(await village.as('chen'))).map(({ unitName }) => unitName)).toEqual([
      '河西村党支部',
      '东岭村党支部',
      '东岭村党支部',
    ])
  })

  it('the months before a suspension are not lost, and those of it are not billed', async () => {
    const { lyu } = village.members
    await record(lyu.id, { kind: 'standing', value: 'suspended', fromOn: '2026-10-10' })
    for (const month of ['2026-09', '2026-10', '2026-11']) await generate(month)
    expect(await billedTo(lyu.id, '2026-09')).toBe(50)
    expect(await billedTo(lyu.id, '2026-10')).toBeUndefined()
    await record(lyu.id, { kind: 'standing', value: 'normal', fromOn: '2026-11-20' })
    await generate('2026-11')
    expect(await billedTo(lyu.id, '2026-11')).toBe(50)
  })

  it('a farmer who has been on the roster since November is not billed for June', async () => {
    const cells = line('贺长河', { 党费类别: '农民', 计算基数: '' })
    await desk.import([cells], '2026-11')
    const { id } = await desk.memberOf(cells)
    for (const month of ['2026-06', '2026-11']) await generate(month)
    expect(await billedTo(id, '2026-06')).toBeUndefined()
    expect(await billedTo(id, '2026-11')).toBe(50)
  })

  it.each([
    ['died', '去世'],
    ['left', '退党'],
  ])('who %s is ended: no bill, no binding, no list, and no roster brings them back', async (value, word) => {
    const { lyu: member } = village.members
    const lyu = await village.as('lyu')
    for (const month of ['2026-09', '2026-10']) await generate(month)
    await record(member.id, { kind: 'standing', value, fromOn: '2026-10-05', document: '县组通〔2026〕14号' })
    await generate('2026-11')
    expect(await billedTo(member.id, '2026-09')).toBe(50)
    expect(await billedTo(member.id, '2026-10')).toBeUndefined()
    expect(await billedTo(member.id, '2026-11')).toBeUndefined()
    expect(((await lyu.get('/me').expect(200)).body as Account).membership).toBeNull()
    expect((await desk.search('吕岩')).map(({ name }) => name)).toEqual([])
    const { id } = await desk.lay([
      line('吕岩', { 公民身份号码: member.idNumber, ...bornAs(member.idNumber) }),
    ])
    const [row] = await desk.rows(id, 'refused')
    expect(row?.problems[0]?.reason).toContain(word)
    expect((await desk.find(id)).counts).toMatchObject({ new: 0, changed: 0, refused: 1 })
  })
})

/** The cells of a row that have to agree with the number. */
const bornAs = (idNumber: string) => ({
  出生日期: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
  性别: Number(idNumber[16]) % 2 === 1 ? '男' : '女',
})
