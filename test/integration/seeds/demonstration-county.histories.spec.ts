import { DEMONSTRATION_PEOPLE, demonstrationPeople } from '../../../server/seeds/demonstration-people.js'
import { seedDemonstrationCounty } from '../../../server/seeds/demonstration-county.js'
import { World } from '../../support/world.js'

/** Bills are from July to December. */
const NOW = new Date('2026-12-18T04:00:00Z')

describe('what became of people in the demonstration county', () => {
  let world: World

  beforeAll(async () => {
    world = await World.open(NOW)
    for (const { openid, phone } of demonstrationPeople) await world.person(openid, phone)
    await world.database.transaction(() =>
      seedDemonstrationCounty(world.app, world.wechat.credentials().mchid),
    )
  })
  afterAll(() => world.close())

  const unpaidOf = (name: string) =>
    world.database.query<{ month: string; unit: string; fen: number }>(
      `SELECT b.month, u.name AS unit, b.amountFen AS fen FROM dues_bill b JOIN unit u ON u.id = b.unitId
       JOIN member m ON m.id = b.memberId WHERE m.name = ? AND b.state = 'unpaid' ORDER BY b.month`,
      [name],
    )
  const withdrawnOf = (name: string) =>
    world.database.query<{ month: string; old: number; fen: number | null }>(
      `SELECT w.month, w.amountFen AS old, w.replacedByFen AS fen FROM dues_bill_withdrawn w
       JOIN member m ON m.id = w.memberId
       WHERE m.name = ? AND (w.replacedByFen IS NULL OR w.replacedByFen <> w.amountFen) ORDER BY w.month`,
      [name],
    )

  it('who moved owes the old months to the old branch and the later ones to the new', async () => {
    expect(await unpaidOf('罗小军')).toEqual([
      { month: '2026-09', unit: '东岭村党支部', fen: 20 },
      { month: '2026-10', unit: '东岭村党支部', fen: 20 },
      { month: '2026-11', unit: '河西村党支部', fen: 20 },
      { month: '2026-12', unit: '河西村党支部', fen: 20 },
    ])
  })

  it('of who died nothing is asked from the month of the death on', async () => {
    expect(await unpaidOf('石永福')).toEqual([])
    expect((await withdrawnOf('石永福')).map(({ month, fen }) => [month, fen])).toEqual([
      ['2026-10', null],
      ['2026-11', null],
      ['2026-12', null],
    ])
  })

  it('who is suspended owes what was due before', async () => {
    expect((await unpaidOf('郭志远')).map(({ month }) => month)).toEqual(['2026-07'])
  })

  it('who was a student until last month is billed as a farmer this month', async () => {
    const bills = await world.database.query(
      `SELECT b.month, b.duesClass FROM dues_bill b JOIN member m ON m.id = b.memberId
       WHERE m.name = '马文博' AND b.month >= '2026-11' ORDER BY b.month`,
    )
    expect(bills).toEqual([
      { month: '2026-11', duesClass: 'student' },
      { month: '2026-12', duesClass: 'farmer' },
    ])
  })

  it('a rise that was reported late replaces the unpaid bill and leaves a difference on the paid ones', async () => {
    expect(await withdrawnOf('冯家栋')).toEqual([{ month: '2026-12', old: 1500, fen: 3600 }])
    const officer = await world.signIn(DEMONSTRATION_PEOPLE.officer.openid)
    const { body } = await officer.get('/dues-differences').expect(200)
    expect(
      (body as { items: Array<Record<string, unknown>> }).items.map(
        ({ memberName, month, billedFen, owedFen }) => [memberName, month, billedFen, owedFen],
      ),
    ).toEqual([
      ['冯家栋', '2026-10', 1500, 3600],
      ['冯家栋', '2026-11', 1500, 3600],
    ])
  })

  it('a changed telephone waits for the second administrator, and not for who asked', async () => {
    for (const [person, count] of [
      ['colleague', 1],
      ['administrator', 1],
      ['officer', 0],
    ] as const) {
      const caller = await world.signIn(DEMONSTRATION_PEOPLE[person].openid)
      const { body } = await caller.get('/approvals').expect(200)
      const titles = (body as { items: Array<{ title: string }> }).items.map(({ title }) => title)
      expect(titles).toEqual(Array.from({ length: count }, () => '宋佳慧更换手机号'))
    }
  })

  it('posts that ended stay to be read, and nothing is asked of somebody old', async () => {
    const posts = await world.database.query<{ title: string; untilOn: string | null }>(
      `SELECT p.title, p.untilOn FROM unit_post_period p JOIN member m ON m.id = p.memberId
       WHERE m.name IN ('陈守田', '林玉芳') ORDER BY p.fromOn`,
    )
    expect(posts).toEqual([
      { title: '书记', untilOn: '2024-03-01' },
      { title: '宣传委员', untilOn: '2024-03-01' },
      { title: '副书记', untilOn: null },
    ])
    const [old] = await world.database.query(`SELECT art23 FROM member WHERE name = '陈守田'`)
    expect(old).toEqual({ art23: 'by-branch' })
  })
})
