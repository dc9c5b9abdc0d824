import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { Assessments } from '../../../server/modules/organization/dues/assessments.service.js'
import { DuesPolicyRecord } from '../../../server/modules/organization/dues/dues-policy.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

describe('a unit that is founded takes over the dues policy of the one above it', () => {
  let village: Village
  let zhou: Caller

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
  })
  afterAll(() => village.world.close())

  const policyOf = async (unitId: string) =>
    (await zhou.get(`/units/${unitId}/dues-policy`).expect(200)).body as unknown
  const found = async (parentId: string, kind: string, name: string) =>
    ((await zhou.post('/units', { parentId, kind, name }).expect(201)).body as { id: string }).id

  it('the highest begins with the least the regulation allows', async () => {
    expect(await policyOf(village.committee.id)).toMatchObject({ farmerFen: 20, rounding: 'fen' })
  })

  it('what was decided for a branch holds for a group founded in it, and for nobody beside', async () => {
    const { dongling, hexi } = village
    await zhou.put(`/units/${dongling.id}/dues-policy`, { farmerFen: 60, rounding: 'jiao' }).expect(200)
    const group = await found(dongling.id, 'group', '东岭村第一党小组')
    expect(await policyOf(group)).toMatchObject({ farmerFen: 60, rounding: 'jiao' })
    expect(await policyOf(await found(hexi.id, 'group', '河西村第一党小组'))).toMatchObject({ farmerFen: 20 })
  })

  it('a decision for the whole reaches every unit below', async () => {
    const { committee, hexi } = village
    await zhou.put(`/units/${committee.id}/dues-policy`, { farmerFen: 100, rounding: 'fen' }).expect(200)
    expect(await policyOf(hexi.id)).toMatchObject({ farmerFen: 100, rounding: 'fen' })
  })

  it('without a policy nobody is assessed, and the failure names the unit', async () => {
    const { world, hexi, members } = village
    await world.database.repository(DuesPolicyRecord).delete({ unitId: hexi.id })
    const [before, memberId] = [await world.database.repository(AssessmentRecord).count(), members.lyu.id]
    const input = {
      memberId,
      unitId: hexi.id,
      fromMonth: '2026-11',
      duesClass: 'wage',
      baseFen: 5200_00,
    } as const
    const first = world.app
      .get(Assessments)
      .enterFirst([input], { recordedBy: null, origin: 'import', reason: '花名册' })
    await expect(first).rejects.toThrow(hexi.id)
    expect(await world.database.repository(AssessmentRecord).count()).toBe(before)
  })
})
