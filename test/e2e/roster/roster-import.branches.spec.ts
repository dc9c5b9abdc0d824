import type { Problem } from '../../../server/contracts/platform/problem.js'
import type { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { UnitAlias } from '../../../server/modules/organization/roster/unit-alias.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line, rosterOf } from './import-desk.js'

describe('Members are put into branches of the importing unit', () => {
  let village: Village
  let desk: ImportDesk
  let general: UnitRecord
  let inside: UnitRecord
  let group: UnitRecord

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
    const { county } = village.world
    general = await county.unit('general-branch', '城关镇党总支', village.committee)
    inside = await county.unit('branch', '城关镇第一党支部', general)
    group = await county.unit('group', '城关镇第一党小组', inside)
  })
  afterAll(() => village.world.close())

  const refusal = async (id: string, match: object): Promise<Problem> =>
    (await desk.officer.put(`/roster-imports/${id}/unit-matches`, { matches: [match] }).expect(400))
      .body as Problem

  it('not into a committee or a general branch, neither by its name nor by a match', async () => {
    for (const unit of [village.committee, general]) {
      const { id, counts, unknownUnits } = await desk.lay([line('庞一', { 所在党支部: unit.name })])
      expect(counts).toMatchObject({ unitUnknown: 1, new: 0 })
      const proposed = unknownUnits.flatMap(({ proposals }) => proposals.map(({ unitId }) => unitId))
      expect(proposed).not.toContain(unit.id)
      expect(await refusal(id, { name: unit.name, unitId: unit.id })).toMatchObject({
        code: 'roster.unit-holds-no-members',
        fields: [{ field: 'matches.0.unitId' }],
      })
    }
  })

  it('a group holds members', async () => {
    const { id, counts } = await desk.lay([
      line('庞二', { 所在党支部: group.name }),
      line('庞三', { 所在党支部: '一组' }),
    ])
    expect(counts).toMatchObject({ new: 1, unitUnknown: 1 })
    const after = await desk.match(id, [{ name: '一组', unitId: group.id }])
    expect(after.counts).toMatchObject({ new: 2, unitUnknown: 0 })
  })

  it('not into a unit beside the importing one, though the officer may import there, too', async () => {
    const bytes = await rosterOf([line('庞四', { 所在党支部: '东岭支部' })])
    const { id } = await desk.upload(bytes, 'a.xlsx', { unitId: general.id })
    for (const place of [{ unitId: village.dongling.id }, { createUnder: village.committee.id }]) {
      const [field] = Object.keys(place)
      expect(await refusal(id, { name: '东岭支部', ...place })).toMatchObject({
        code: 'roster.unit-outside-import',
        fields: [{ field: `matches.0.${field}` }],
      })
    }
    expect(await village.world.database.repository(UnitAlias).countBy({ name: '东岭支部' })).toBe(0)
    const after = await desk.match(id, [{ name: '东岭支部', unitId: inside.id }])
    expect(after.counts).toMatchObject({ new: 1, unitUnknown: 0 })
  })

  it('of several matches one of which is wrong, none is learned', async () => {
    const { id } = await desk.lay([
      line('庞五', { 所在党支部: '甲支部' }),
      line('庞六', { 所在党支部: '乙支部' }),
    ])
    const matches = [
      { name: '甲支部', unitId: inside.id },
      { name: '乙支部', unitId: general.id },
    ]
    await desk.officer.put(`/roster-imports/${id}/unit-matches`, { matches }).expect(400)
    expect(await desk.find(id)).toMatchObject({ counts: { unitUnknown: 2 } })
    expect(await village.world.database.repository(UnitAlias).countBy({ name: '甲支部' })).toBe(0)
  })
})
