import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, type Line } from './import-desk.js'
import { download, openWorkbook, textOf } from './workbooks.js'

const REASON = '预览之后这名党员的资料有变动，请重新上传核对'

describe('What nobody was shown is not written', () => {
  let village: Village
  let desk: ImportDesk
  let hexi: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    const { world } = village
    desk = new ImportDesk(world, await village.as('zhou'))
    const openid = 'o-officer-of-hexi-000000'
    await world.person(openid)
    await world.county.grant(await world.county.account(openid), 'dues-officer', village.hexi)
    hexi = new ImportDesk(world, await world.signIn(openid))
  })
  afterAll(() => village.world.close())

  const known = async (name: string, changes: Line = {}): Promise<Line> => {
    const cells = line(name, changes)
    await desk.import([cells], '2026-06')
    return cells
  }
  const expectRefused = async (at: ImportDesk, id: string, cells: Line) => {
    expect(await at.carryOut(id)).toMatchObject({
      state: 'done',
      counts: { total: 1, new: 0, changed: 0, refused: 1 },
      progress: { done: 1, total: 1 },
      can: { downloadRefused: true },
    })
    expect(await at.rows(id, 'refused')).toMatchObject([
      { name: cells['姓名'], unitName: cells['所在党支部'], problems: [{ reason: REASON }], changes: [] },
    ])
    const { bytes } = await download(at.officer, `/roster-imports/${id}/refused-rows`)
    const { rows } = await openWorkbook(bytes)
    expect(rows).toMatchObject([{ 姓名: cells['姓名'], 公民身份号码: cells['公民身份号码'] }])
    expect(textOf(rows[0]?.['原因'])).toContain(REASON)
  }

  it('a file that only brought a telephone does not move somebody back who was moved meanwhile', async () => {
    const cells = await known('甘长河')
    const phone = { ...cells, 联系电话: '19980009901' }
    const first = await desk.lay([phone])
    const second = await desk.lay([{ ...cells, 所在党支部: '河西村党支部' }])
    await desk.tick(second.id, { ticked: true })
    await desk.carryOut(second.id)
    const moved = await desk.memberOf(cells)
    expect(moved.unitId).toBe(village.hexi.id)
    await expectRefused(desk, first.id, phone)
    expect(await desk.memberOf(cells)).toEqual(moved)
  })

  it('uploaded again, it says what it would do now, and does that', async () => {
    const cells = await known('甘玉芳')
    const first = await desk.lay([{ ...cells, 工作岗位: '护士' }])
    await desk.import([{ ...cells, 学历: '大学专科' }])
    await expectRefused(desk, first.id, { ...cells, 工作岗位: '护士' })
    const { id } = await desk.lay([{ ...cells, 学历: '大学专科', 工作岗位: '护士' }])
    expect((await desk.rows(id))[0]?.changes.map(({ heading }) => heading)).toEqual(['工作岗位'])
    expect(await desk.carryOut(id)).toMatchObject({ counts: { changed: 1, refused: 0 } })
    expect((await desk.memberOf(cells)).post).toBe('护士')
  })

  it('a number that looks the same when masked is not the same', async () => {
    const cells = await known('甘守田', { 联系电话: '19911110001' })
    const { id } = await desk.lay([{ ...cells, 联系电话: '19980009903' }])
    await desk.import([{ ...cells, 联系电话: '19922220001' }])
    await expectRefused(desk, id, cells)
    expect((await desk.memberOf(cells)).phone).toBe('19922220001')
  })

  it('nor an assessment that was made meanwhile', async () => {
    const cells = await known('甘文博', { 计算基数: 3000 })
    const { id } = await desk.lay([{ ...cells, 计算基数: 5000 }])
    const member = await desk.memberOf(cells)
    const assessment = { fromMonth: '2026-08', duesClass: 'wage', baseFen: 400_000, reason: '工资条' }
    await desk.officer.post(`/members/${member.id}/assessments`, assessment).expect(201)
    const before = await desk.assessmentsOf(member.id)
    await expectRefused(desk, id, cells)
    expect(await desk.assessmentsOf(member.id)).toEqual(before)
  })

  it('the other rows of the file are written all the same', async () => {
    const [kept, overtaken] = [await known('甘一'), await known('甘二')]
    const { id } = await desk.lay([
      { ...kept, 工作岗位: '医生' },
      { ...overtaken, 工作岗位: '医生' },
      line('甘三'),
    ])
    await desk.import([{ ...overtaken, 工作岗位: '司机' }])
    expect(await desk.carryOut(id)).toMatchObject({
      counts: { total: 3, new: 1, changed: 1, refused: 1 },
      progress: { done: 3, total: 3 },
    })
    expect((await desk.memberOf(kept)).post).toBe('医生')
    expect((await desk.memberOf(overtaken)).post).toBe('司机')
    expect(await desk.search('甘三')).toHaveLength(1)
  })

  it('somebody who was new and whom another county has entered meanwhile stays as they entered them', async () => {
    const { world } = village
    const county = await world.county.unit('committee', '中共南桥县委员会', null)
    const branch = await world.county.unit('branch', '南桥镇党支部', county)
    const cells = line('温长青', { 所在党支部: '河西村党支部' })
    const { id, counts } = await hexi.lay([cells])
    expect(counts.new).toBe(1)
    const openid = 'o-officer-of-nanqiao-000'
    await world.person(openid)
    await world.county.grant(await world.county.account(openid), 'dues-officer', county)
    const nanqiao = new ImportDesk(world, await world.signIn(openid))
    await nanqiao.import([{ ...cells, 所在党支部: branch.name, 工作岗位: '站长' }])
    const before = await desk.stored()
    await expectRefused(hexi, id, cells)
    expect(await desk.stored()).toEqual(before)
  })

  it('nor is somebody drawn back who has left the unit since the preview', async () => {
    const cells = line('温守义', { 所在党支部: '河西村党支部' })
    await hexi.import([cells])
    const { id } = await hexi.lay([{ ...cells, 工作岗位: '站长' }])
    const { id: memberId } = await desk.memberOf(cells)
    await village.world.county.fact({ id: memberId }, 'unit', village.dongling.id, '2026-11-01')
    await expectRefused(hexi, id, cells)
    expect(await desk.memberOf(cells)).toMatchObject({ unitId: village.dongling.id, post: '教师' })
  })
})
