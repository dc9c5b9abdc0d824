import type { MyBranch } from '../../../server/contracts/home/branch.js'
import type { Task, Today } from '../../../server/contracts/home/today.js'
import { BillRecord } from '../../../server/modules/organization/dues/bill.entity.js'
import { OPENIDS, openVillage, type Village } from '../../support/village.js'

describe('Home and branch pages show what matters now', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
    const { county } = village.world
    for (const month of ['2026-09', '2026-10', '2026-11']) await county.bills(village.committee, month)
    const paidAt = new Date('2026-10-08T02:00:00Z')
    await county.paid(village.members.chen.id, ['2026-09'], paidAt)
    await county.paid(village.members.wang.id, ['2026-09', '2026-10', '2026-11'], paidAt)
    await county.paid(village.members.lyu.id, ['2026-09', '2026-10'], paidAt)
    await county.post(village.dongling, village.members.guiying, '组织委员')
    await county.post(village.hexi, village.members.zhao, '组织委员')
    await county.post(village.dongling, village.members.li, '书记')
  })
  afterAll(() => village.world.close())

  const today = async (person: keyof typeof OPENIDS) =>
    (await (await village.as(person)).get('/me/today').expect(200)).body as Today
  const branch = async (person: keyof typeof OPENIDS) =>
    (await (await village.as(person)).get('/me/branch').expect(200)).body as MyBranch
  const kinds = (tasks: Task[]) => tasks.map(({ kind }) => kind)

  it('who owes several months sees one task with the sum, and pays exactly these bills', async () => {
    const { date, tasks, contact } = await today('chen')
    expect(date).toBe('2026-11-21')
    expect(tasks).toEqual([
      {
        kind: 'pay-dues',
        title: '2 个月党费',
        detail: '2026年10月至2026年11月，共 ¥188.54',
        action: '去缴费',
        amountFen: 18_854,
        billIds: [`${village.members.chen.id}202610`, `${village.members.chen.id}202611`],
        decisions: [],
      },
    ])
    expect(contact).toEqual({ unitName: '东岭村党支部', phone: '0990-6120102', secretaryName: '李建国' })
    // A branch whose secretary's post is vacant names nobody else in their place.
    expect((await today('lyu')).contact).toMatchObject({ unitName: '河西村党支部', secretaryName: null })
    const owed = await village.world.database
      .repository(BillRecord)
      .findBy({ memberId: village.members.chen.id, state: 'unpaid' })
    expect(owed.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(tasks[0]?.amountFen)
  })

  it('who owes one month sees which', async () => {
    expect((await today('lyu')).tasks).toMatchObject([
      { kind: 'pay-dues', title: '2026年11月党费', detail: '应缴 ¥0.20', amountFen: 20 },
    ])
  })

  it('who has paid everything has nothing to do', async () => {
    expect((await today('wang')).tasks).toEqual([])
  })

  it('who is not bound yet is asked to bind, and told to wait once the branch was asked', async () => {
    expect(await today('sun')).toMatchObject({ tasks: [{ kind: 'bind', action: '去绑定' }], contact: null })
    const sun = await village.as('sun')
    const phoneCode = await village.world.wechat.control.phoneCode(OPENIDS.sun)
    await sun.post('/bindings', { phoneCode }).expect(201)
    expect(await today('sun')).toMatchObject({
      tasks: [{ kind: 'bind', title: '等支部确认', detail: '东岭村党支部的书记确认后就可以使用' }],
      // Whom to call is known from the moment the branch was asked.
      contact: { unitName: '东岭村党支部', phone: '0990-6120102', secretaryName: '李建国' },
    })
  })

  it('the secretary owes dues as well, and sees who waits for them; another branch’s secretary does not', async () => {
    const { tasks } = await today('li')
    expect(kinds(tasks)).toEqual(['pay-dues', 'decide'])
    expect(tasks[1]).toMatchObject({
      title: '等我处理',
      detail: '1 人申请绑定',
      action: '去处理',
      decisions: [{ kind: 'bindings', count: 1, words: '1 人申请绑定' }],
    })
    expect(kinds((await today('zhao')).tasks)).toEqual(['pay-dues'])
  })

  it('who administers the county sees the claims of every branch; who only looks is asked to do nothing', async () => {
    expect(await today('zhou')).toMatchObject({ tasks: [{ kind: 'decide' }], contact: null })
    expect(await today('gao')).toEqual({ date: '2026-11-21', tasks: [], contact: null })
  })

  it('the day is Shanghai’s', async () => {
    village.world.turnClockTo(new Date('2026-11-21T15:59:59Z'))
    expect((await today('wang')).date).toBe('2026-11-21')
    village.world.turnClockTo(new Date('2026-11-21T16:00:00Z'))
    expect((await today('wang')).date).toBe('2026-11-22')
  })

  it('my branch: who is who, the committee first, and nothing personal', async () => {
    const page = await branch('chen')
    expect(page).toMatchObject({
      unitId: village.dongling.id,
      name: '东岭村党支部',
      parentName: '中共云溪县委员会',
      phone: '0990-6120102',
      memberCount: 7,
    })
    expect(page.people.slice(0, 2).map(({ name, post }) => [name, post])).toEqual([
      ['李建国', '书记'],
      ['刘桂英', '组织委员'],
    ])
    expect(new Set(page.people.slice(2).map(({ name }) => name))).toEqual(
      new Set(['陈晓霞', '王秀兰', '何卫东', '孙小梅', '刘德厚']),
    )
    for (const person of page.people) {
      expect(Object.keys(person).sort()).toEqual(['category', 'memberId', 'name', 'post'])
    }
  })

  it('its calendar of dues shows totals and my own state, never what another owes', async () => {
    const { months } = await branch('chen')
    expect(months).toEqual([
      { month: '2026-11', dueCount: 7, paidCount: 1, own: 'unpaid' },
      { month: '2026-10', dueCount: 7, paidCount: 1, own: 'unpaid' },
      { month: '2026-09', dueCount: 7, paidCount: 2, own: 'paid' },
    ])
    expect((await branch('lyu')).months).toEqual([
      { month: '2026-11', dueCount: 2, paidCount: 0, own: 'unpaid' },
      { month: '2026-10', dueCount: 2, paidCount: 1, own: 'paid' },
      { month: '2026-09', dueCount: 2, paidCount: 1, own: 'paid' },
    ])
  })

  it('after a move the new branch is shown, and the months of the old one are no longer mine to see', async () => {
    const { world, members, hexi } = village
    await world.county.fact(members.wang, 'unit', hexi.id, '2026-11-01')
    const page = await branch('wang')
    expect(page).toMatchObject({ name: '河西村党支部', memberCount: 3 })
    expect(page.months.map(({ own }) => own)).toEqual([null, null, null])
  })

  it('who belongs to no branch has no branch page', async () => {
    await (await village.as('zhou')).get('/me/branch').expect(403)
    await (await village.as('sun')).get('/me/branch').expect(403)
  })
})
