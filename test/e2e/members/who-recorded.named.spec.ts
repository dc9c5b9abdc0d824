import type { Assessment, AssessmentHistory } from '../../../server/contracts/organization/dues.js'
import type { MemberFact, MemberFactList } from '../../../server/contracts/organization/member-fact.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line } from '../roster/import-desk.js'

describe('a dated fact says who recorded it', () => {
  let village: Village

  beforeAll(async () => {
    village = await openVillage()
    await village.world.county.post(village.dongling, village.members.li, '书记')
  })
  afterAll(() => village.world.close())

  const factsOf = async (memberId: string): Promise<MemberFact[]> =>
    ((await (await village.as('zhou')).get(`/members/${memberId}/facts`).expect(200)).body as MemberFactList)
      .items

  it('by the name and post of that time, also when the post has ended and the person has gone', async () => {
    const { members } = village
    const li = await village.as('li')
    const zhou = await village.as('zhou')
    await li
      .post(`/members/${members.wang.id}/facts`, {
        kind: 'art-23',
        value: 'by-branch',
        fromOn: '2026-11-01',
        reason: '年老体弱',
      })
      .expect(201)
    const posts = (await zhou.get(`/units/${village.dongling.id}/posts`).expect(200)).body as {
      items: Array<{ id: string }>
    }
    await zhou
      .post(`/units/${village.dongling.id}/posts/${posts.items[0]?.id}/ending`, {
        untilOn: '2026-11-20',
        reason: '换届',
      })
      .expect(201)
    await li.delete('/me/consent').expect(204)
    const [fact] = await factsOf(members.wang.id)
    expect(fact).toMatchObject({ kind: 'art-23', origin: '党组织登记', recordedBy: '李建国（书记）' })
  })

  it('an assessment names the officer in their office, a roster whoever imported it', async () => {
    const zhou = await village.as('zhou')
    const { id } = village.members.chen
    const assessed = await zhou
      .post(`/members/${id}/assessments`, {
        fromMonth: '2026-11',
        duesClass: 'wage',
        baseFen: 650_000,
        reason: '按工资条核定',
      })
      .expect(201)
    expect((assessed.body as Assessment).assessedBy).toMatch(/^周敏（中共云溪县委员会.+）$/)
    const { items } = (await zhou.get(`/members/${id}/assessments`).expect(200)).body as AssessmentHistory
    // What was recorded before its author was kept names nobody.
    expect(new Set(items.map(({ assessedBy }) => assessedBy))).toEqual(
      new Set([(assessed.body as Assessment).assessedBy, null]),
    )

    const desk = new ImportDesk(village.world, zhou)
    const cells = line('樊长河')
    await desk.import([cells])
    const facts = await factsOf((await desk.memberOf(cells)).id)
    expect(facts).not.toEqual([])
    for (const { origin, recordedBy } of facts) {
      expect([origin, recordedBy]).toEqual(['花名册导入', (assessed.body as Assessment).assessedBy])
    }
  })
})
