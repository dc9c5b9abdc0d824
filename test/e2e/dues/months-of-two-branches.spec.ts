import type { Member, MemberPage } from '../../../server/contracts/home/member-page.js'
import type { Today } from '../../../server/contracts/home/today.js'
import type { BillPage } from '../../../server/contracts/organization/dues.js'
import type { ImportRow } from '../../../server/contracts/organization/roster-import.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line } from '../roster/import-desk.js'

describe('a member who has moved owes months at two branches', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
    const { world, dongling, hexi, members } = village
    await world.county.collectsInto(hexi, world.wechat.credentials().mchid)
    for (const month of ['2026-08', '2026-09']) await world.county.bills(dongling, month)
    await world.county.fact(members.wang, 'unit', hexi.id, '2026-10-05', { duesPaidThrough: '2026-09' })
    for (const month of ['2026-10', '2026-11']) await world.county.bills(hexi, month)
  })
  afterAll(() => village.world.close())

  it('the new branch sees that old months exist, and since when, but no amount of the other branch', async () => {
    const path = `/members/${village.members.wang.id}`
    const seenBy = async (person: 'zhao' | 'zhou') =>
      ((await (await village.as(person)).get(path).expect(200)).body as Member).unpaidElsewhere
    const months = { unitName: '东岭村党支部', monthCount: 2, sinceMonth: '2026-08' }
    expect(await seenBy('zhao')).toEqual([{ ...months, unpaidFen: null }])
    expect(await seenBy('zhou')).toEqual([{ ...months, unpaidFen: 38_60 }])
  })

  it('home names one payment for each account, and each can be paid', async () => {
    const wang = await village.as('wang')
    const { tasks } = (await wang.get('/me/today').expect(200)).body as Today
    const payments = tasks.filter(({ kind }) => kind === 'pay-dues')
    expect(payments.map(({ detail }) => detail)).toEqual([
      '2026年8月至2026年9月，共 ¥38.60，缴到中共云溪县委员会党费专户',
      '2026年10月至2026年11月，共 ¥38.60，缴到河西村党支部党费专户',
    ])
    const { items } = (await wang.get('/me/bills').expect(200)).body as BillPage
    expect(items.map(({ month, payee }) => [month, payee])).toEqual([
      ['2026-11', '河西村党支部党费专户'],
      ['2026-10', '河西村党支部党费专户'],
      ['2026-09', '中共云溪县委员会党费专户'],
      ['2026-08', '中共云溪县委员会党费专户'],
    ])
    const pay = (billIds: string[], key: string) =>
      wang.post('/payments', { billIds }).set('idempotency-key', key)
    await pay(
      items.map(({ id }) => id),
      'all-of-them-at-once-0001',
    ).expect(409)
    for (const [index, { billIds }] of payments.entries()) {
      await pay(billIds, `one-account-after-another-${index}`).expect(201)
    }
  })

  it('who owes at one branch reads of no account', async () => {
    const chen = await village.as('chen')
    const { tasks } = (await chen.get('/me/today').expect(200)).body as Today
    expect(tasks.filter(({ kind }) => kind === 'pay-dues')).toHaveLength(1)
    expect(tasks[0]?.detail).not.toContain('缴到')
    const { items } = (await chen.get('/me/bills').expect(200)).body as BillPage
    expect(items.map(({ payee }) => payee)).toEqual([null, null])
  })
})

describe('bases of zero and hardly more', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
  })
  afterAll(() => village.world.close())

  it('are remarked on the row of an import and stand in a list', async () => {
    const zhou = await village.as('zhou')
    const desk = new ImportDesk(village.world, zhou)
    const { id } = await desk.lay([
      line('樊零', { 计算基数: 0 }),
      line('樊千元', { 计算基数: 4.5 }),
      line('樊一百', { 计算基数: 100 }),
      line('樊农', { 党费类别: '农牧民', 计算基数: null }),
    ])
    const notes = new Map((await desk.rows(id)).map(({ name, notes: said }: ImportRow) => [name, said]))
    const remark = '计算基数每月不到 100.00 元，请核对单位是不是元、有没有漏写'
    expect(notes.get('樊零')).toContain(remark)
    expect(notes.get('樊千元')).toContain(remark)
    expect(notes.get('樊一百')).not.toContain(remark)
    await desk.carryOut(id)
    const { items } = (await zhou.get('/members?assessment=near-zero').expect(200)).body as MemberPage
    expect(items.map(({ name }) => name).sort()).toEqual(['樊千元', '樊零'].sort())
  })
})
