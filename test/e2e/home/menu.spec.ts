import type { Account } from '../../../server/contracts/home/account.js'
import type { MonthPage } from '../../../server/contracts/home/menu.js'
import { openVillage, OPENIDS, type Village } from '../../support/village.js'

/** 管理 is composed of what each feature hands over; the phone knows no roles. */
describe('the menu and the lines of the month', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.bills(village.committee, '2026-11')
    const { members } = village
    await village.world.county.paid(members.wang.id, ['2026-11'], new Date('2026-11-02T04:00:00Z'))
  })
  afterAll(() => village.world.close())

  const tilesOf = async (person: keyof typeof OPENIDS) => {
    const account = (await (await village.as(person)).get('/me').expect(200)).body as Account
    return account.menu.map(({ kind }) => kind).sort()
  }
  const monthOf = async (person: keyof typeof OPENIDS) =>
    (await (await village.as(person)).get('/me/month').expect(200)).body as MonthPage

  it.each([
    ['stranger', []],
    ['wang', []],
    ['li', ['bindings', 'dues-ledger', 'members', 'posts']],
    [
      'zhou',
      ['bindings', 'dues-generation', 'dues-ledger', 'dues-policy', 'members', 'posts', 'roster-imports'],
    ],
    ['gao', ['dues-ledger', 'members']],
  ] as const)('%s is offered %j', async (person, kinds) => {
    expect(await tilesOf(person)).toEqual(kinds)
  })

  it('the secretary reads who is missing in their branch, the officer in the county, a member nothing', async () => {
    expect(await monthOf('li')).toEqual({
      month: '2026-11',
      lines: [{ kind: 'dues', title: '党费', sentence: '6人未缴，1人需上门', done: 1, total: 7 }],
    })
    expect((await monthOf('zhou')).lines).toMatchObject([{ sentence: '8人未缴，1人需上门', total: 9 }])
    expect(await monthOf('wang')).toEqual({ month: '2026-11', lines: [] })
  })

  it('a month without bills says so, and one that is paid says that, too', async () => {
    village.world.turnClockTo(new Date('2026-12-03T12:00:00+08:00'))
    expect((await monthOf('zhao')).lines).toMatchObject([{ sentence: '还没有生成账单', done: 0, total: 0 }])
    const { zhao, lyu } = village.members
    await village.world.county.bills(village.hexi, '2026-12')
    for (const { id } of [zhao, lyu]) await village.world.county.paid(id, ['2026-12'], new Date())
    expect((await monthOf('zhao')).lines).toMatchObject([{ sentence: '已收齐', done: 2, total: 2 }])
  })
})
