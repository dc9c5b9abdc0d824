import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { RosterImport, RosterImportList } from '../../../server/contracts/organization/roster-import.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { ImportDesk, line, rosterOf } from './import-desk.js'
import { upload } from './workbooks.js'

describe('Nobody else sees an import', () => {
  let village: Village
  let county: ImportDesk
  let hexi: ImportDesk
  let imported: RosterImport

  beforeAll(async () => {
    village = await openVillage()
    const { world } = village
    county = new ImportDesk(world, await village.as('zhou'))
    const openid = 'o-officer-of-hexi-000000'
    await world.person(openid)
    await world.county.grant(await world.county.account(openid), 'dues-officer', village.hexi)
    hexi = new ImportDesk(world, await world.signIn(openid))
    imported = await county.lay([line('贺长河'), { ...line('贺玉芳'), 性别: '女' }])
  })
  afterAll(() => village.world.close())

  const everyRoute = (caller: Caller, id: string) => [
    caller.get(`/roster-imports/${id}`),
    caller.get(`/roster-imports/${id}/rows`),
    caller.get(`/roster-imports/${id}/refused-rows`),
    caller.put(`/roster-imports/${id}/unit-matches`, { matches: [] }),
    caller.put(`/roster-imports/${id}/ticks`, { ticked: true }),
    caller.post(`/roster-imports/${id}/execution`, { assessmentMonth: '2026-11' }),
    caller.delete(`/roster-imports/${id}`),
  ]

  it.each(['li', 'zhao', 'gao', 'chen', 'stranger'] as const)(
    '%s can neither start one nor see any',
    async (person) => {
      const caller = await village.as(person)
      await upload(caller, await rosterOf([line('侯一')])).expect(403)
      await caller.get('/roster-imports').expect(403)
      for (const call of everyRoute(caller, imported.id)) await call.expect(403)
    },
  )

  it('an officer of one branch: the county’s imports are as if they were not there', async () => {
    const unknown = '0'.repeat(26)
    const withoutId = ({ requestId: _, ...problem }: Problem) => problem
    const [theirs, nobodys] = [everyRoute(hexi.officer, imported.id), everyRoute(hexi.officer, unknown)]
    for (const [index, call] of theirs.entries()) {
      const answer = (await call.expect(404)).body as Problem
      const other = (await nobodys[index]?.expect(404))?.body as Problem
      expect(withoutId(answer)).toEqual(withoutId(other))
    }
    expect(((await hexi.officer.get('/roster-imports').expect(200)).body as RosterImportList).items).toEqual(
      [],
    )
    expect(await county.find(imported.id)).toEqual(imported)
  })

  it('nor can they import into another unit', async () => {
    for (const unitId of [village.committee.id, village.dongling.id]) {
      await upload(hexi.officer, await rosterOf([line('侯二')]), 'a.xlsx', { unitId }).expect(404)
    }
    const own = await hexi.upload(await rosterOf([line('侯三')]), 'a.xlsx', { unitId: village.hexi.id })
    expect(own).toMatchObject({ unitId: village.hexi.id, counts: { total: 1, unitUnknown: 1 } })
  })

  it('units of others are neither known nor proposed', async () => {
    const { unknownUnits } = await hexi.lay([line('侯四'), line('侯五', { 所在党支部: '东岭村支部' })])
    expect(unknownUnits.map(({ name }) => name).sort()).toEqual(['东岭村党支部', '东岭村支部'])
    expect(unknownUnits.flatMap(({ proposals }) => proposals.map(({ unitId }) => unitId))).not.toContain(
      village.dongling.id,
    )
    const { id } = await hexi.lay([line('侯六')])
    const path = `/roster-imports/${id}/unit-matches`
    const matches = [{ name: '东岭村党支部', unitId: village.dongling.id }]
    await hexi.officer.put(path, { matches }).expect(404)
    const founded = [{ name: '东岭村党支部', createUnder: village.committee.id }]
    await hexi.officer.put(path, { matches: founded }).expect(404)
  })

  it('a member of another branch cannot be drawn over by a file, nor does it tell where they are', async () => {
    const cells = line('侯七')
    await county.import([cells])
    const before = await county.memberOf(cells)
    const { id, counts } = await hexi.lay([{ ...cells, 所在党支部: '河西村党支部', 工作岗位: '别的' }])
    expect(counts).toMatchObject({ refused: 1, changed: 0, new: 0 })
    const [row] = await hexi.rows(id)
    expect(JSON.stringify(row)).not.toContain('东岭')
    expect(row?.problems[0]?.reason).toContain('请先办理转接')
    expect(await county.memberOf(cells)).toEqual(before)
  })

  it('the county’s officer sees the imports of the branches below', async () => {
    const { items } = (await county.officer.get('/roster-imports').expect(200)).body as RosterImportList
    const units = new Set(items.map(({ unitName }) => unitName))
    expect(units).toEqual(new Set(['中共云溪县委员会', '河西村党支部']))
    const instants = items.map(({ uploadedAt }) => uploadedAt)
    expect(instants).toEqual([...instants].sort().reverse())
  })
})
