import type {
  HeldPost,
  UnitPostHistory,
  UnitPostList,
} from '../../../server/contracts/organization/unit-post.js'
import {
  UnitPostChanges,
  type PostInForce,
} from '../../../server/modules/organization/units/unit-post-changes.js'
import { UnitPostJobs } from '../../../server/modules/organization/units/unit-posts.jobs.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

const DAY_MS = 24 * 3600 * 1000

describe('posts of a unit are held from a day until a day', () => {
  let village: Village
  let li: Caller
  let zhou: Caller
  let heard: PostInForce[]

  beforeAll(async () => {
    village = await openVillage()
    li = await village.as('li')
    zhou = await village.as('zhou')
    const changes = village.world.app.get(UnitPostChanges, { strict: false })
    changes.register((posts) => {
      heard.push(...posts)
      return Promise.resolve()
    })
  })
  beforeEach(() => {
    village.world.turnClockTo(NOON)
    heard = []
  })
  afterAll(() => village.world.close())

  const path = () => `/units/${village.dongling.id}/posts`
  const posts = async (day?: string) =>
    (await zhou.get(`${path()}${day ? `?day=${day}` : ''}`).expect(200)).body as UnitPostList
  const history = async () =>
    ((await zhou.get(`${path()}/history`).expect(200)).body as UnitPostHistory).items
  const hold = (caller: Caller, who: keyof Village['members'], title: string, more: object = {}) =>
    caller.post(path(), {
      memberId: village.members[who].id,
      title,
      fromOn: '2026-11-01',
      reason: '党员大会选举',
      ...more,
    })
  const held = async (title: string): Promise<HeldPost> => {
    const found = (await posts()).items.find((post) => post.title === title)
    if (!found) throw new Error(`nobody is ${title}`)
    return found
  }

  it('the secretary records who becomes 组织委员, and the day before nobody was', async () => {
    const answer = await hold(li, 'guiying', '组织委员', { document: '选举结果报告' }).expect(201)
    expect((answer.body as UnitPostList).items).toMatchObject([
      { memberName: '刘桂英', title: '组织委员', fromOn: '2026-11-01', untilOn: null, elsewhere: null },
    ])
    expect((await posts('2026-10-31')).items).toEqual([])
    expect(heard).toMatchObject([{ memberId: village.members.guiying.id, isHeld: true }])
    await hold(li, 'guiying', '组织委员').expect(409)
  })

  it('two posts at once, and two people in the same post, are possible', async () => {
    await hold(li, 'guiying', '宣传委员').expect(201)
    await hold(li, 'dehou', '宣传委员').expect(201)
    expect((await posts()).items.map(({ memberName, title }) => `${memberName} ${title}`)).toEqual([
      '刘桂英 组织委员',
      '刘桂英 宣传委员',
      '刘德厚 宣传委员',
    ])
  })

  it('who is 书记 or 副书记 is decided by the unit above', async () => {
    const refusal = await hold(li, 'chen', '副书记').expect(409)
    expect(refusal.body).toMatchObject({ code: 'post.decided-above' })
    expect((await posts()).can).toEqual({ decide: true, decideLeading: true })
    expect((await li.get(path()).expect(200)).body).toMatchObject({
      can: { decide: true, decideLeading: false },
    })
    await hold(zhou, 'li', '书记', { fromOn: '2024-03-01' }).expect(201)
    const { id } = await held('书记')
    await li
      .post(`${path()}/${id}/correction`, { title: '委员', fromOn: '2024-03-01', reason: '记错' })
      .expect(409)
  })

  it('nobody decides about their own post', async () => {
    const refusal = await hold(li, 'li', '委员').expect(409)
    expect(refusal.body).toMatchObject({ code: 'access.about-yourself' })
  })

  it('a post that ends on a day to come ends on that day, and those who listen hear it then', async () => {
    const post = await held('组织委员')
    await li.post(`${path()}/${post.id}/ending`, { untilOn: '2026-11-23', reason: '外出务工' }).expect(201)
    expect(heard).toEqual([])
    const jobs = village.world.app.get(UnitPostJobs, { strict: false })
    await jobs.turnDay()
    expect(heard).toMatchObject([])
    village.world.turnClockTo(new Date(NOON.getTime() + 3 * DAY_MS))
    await jobs.turnDay()
    expect(heard).toMatchObject([{ memberId: village.members.guiying.id, title: '组织委员', isHeld: false }])
    heard = []
    await jobs.turnDay()
    expect(heard).toEqual([])
  })

  it('a correction leaves the row that was wrong to be seen, and a withdrawal keeps its reason', async () => {
    const wrong = (await posts()).items.find(({ memberName }) => memberName === '刘德厚')
    await li
      .post(`${path()}/${wrong?.id}/correction`, {
        title: '青年委员',
        fromOn: '2026-10-01',
        reason: '记错了职务',
      })
      .expect(201)
    expect(heard).toMatchObject([
      { title: '宣传委员', isHeld: false },
      { title: '青年委员', isHeld: true },
    ])
    const { id } = await held('青年委员')
    await li.post(`${path()}/${id}/withdrawal`, { reason: '选举结果没有批下来' }).expect(201)
    await li.post(`${path()}/${id}/withdrawal`, { reason: '再撤一次' }).expect(409)
    const rows = (await history()).filter(({ memberName }) => memberName === '刘德厚')
    expect(rows.map(({ title, withdrawnAt }) => [title, withdrawnAt !== null])).toEqual([
      ['宣传委员', true],
      ['青年委员', true],
    ])
    expect(rows.at(-1)).toMatchObject({ withdrawnReason: '选举结果没有批下来' })
  })

  it('whoever dies holds no post from that day on', async () => {
    await hold(li, 'dehou', '纪检委员').expect(201)
    heard = []
    await zhou
      .post(`/members/${village.members.dehou.id}/facts`, {
        kind: 'standing',
        value: 'died',
        fromOn: '2026-11-15',
        reason: '因病去世',
      })
      .expect(201)
    expect(heard).toMatchObject([{ memberId: village.members.dehou.id, title: '纪检委员', isHeld: false }])
    expect((await posts('2026-11-14')).items).toContainEqual(
      expect.objectContaining({ memberName: '刘德厚', untilOn: '2026-11-15', reason: '已登记去世' }),
    )
    await hold(zhou, 'dehou', '委员').expect(400)
  })

  it('who has moved away is shown with the branch where they are', async () => {
    await hold(li, 'sun', '妇女委员').expect(201)
    await village.world.county.fact(village.members.sun, 'unit', village.hexi.id, '2026-11-20')
    expect(await held('妇女委员')).toMatchObject({ memberName: '孙小梅', elsewhere: '河西村党支部' })
  })

  it.each([
    ['a day that does not exist', { fromOn: '2026-02-30' }, 'fromOn'],
    ['an end before the beginning', { untilOn: '2026-10-01' }, 'untilOn'],
    ['years ahead', { fromOn: '2028-01-01' }, 'fromOn'],
  ])('%s is refused beside its field', async (_, more, field) => {
    const { body } = await hold(zhou, 'chen', '委员', more).expect(400)
    expect(body).toMatchObject({ fields: [{ field }] })
  })

  it('the other branch and whoever only looks decide nothing', async () => {
    await hold(await village.as('zhao'), 'chen', '委员').expect(404)
    await hold(await village.as('gao'), 'chen', '委员').expect(403)
  })
})
