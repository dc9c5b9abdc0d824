import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import type { UnitList } from '../../../server/contracts/organization/unit.js'
import { RosterImportRow } from '../../../server/modules/organization/roster/roster-import-row.entity.js'
import { UnitAlias } from '../../../server/modules/organization/roster/unit-alias.entity.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line } from './import-desk.js'

const ROUNDS = [1, 2, 3, 4]
const TAPS = [1, 2, 3, 4]

describe('Two officers at the same moment, or one who taps twice', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterAll(() => village.world.close())

  const unitsCalled = async (name: string) => {
    const { items } = (await desk.officer.get('/units').expect(200)).body as UnitList
    return items.filter((unit) => unit.name === name)
  }

  it.each(ROUNDS)('the same match tapped several times is one match (%i)', async (round) => {
    const name = `东岭第${round}支部`
    const { id } = await desk.lay([line('连一', { 所在党支部: name })])
    const matches = [{ name, unitId: village.dongling.id }]
    const answers = await Promise.all(
      TAPS.map(() => desk.officer.put(`/roster-imports/${id}/unit-matches`, { matches })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    for (const { body } of answers) expect(body).toMatchObject({ unknownUnits: [], counts: { new: 1 } })
    expect(await village.world.database.repository(UnitAlias).findBy({ name })).toHaveLength(1)
  })

  it.each(ROUNDS)('two imports that match one name, or found it, agree (%i)', async (round) => {
    const [known, unknown] = [`河西${round}支部`, `新设${round}党支部`]
    const lines = [line('连二', { 所在党支部: known }), line('连三', { 所在党支部: unknown })]
    const imports = await Promise.all(TAPS.slice(2).map(() => desk.lay(lines)))
    const matches = [
      { name: known, unitId: village.hexi.id },
      { name: unknown, createUnder: village.committee.id },
    ]
    const answers = await Promise.all(
      imports.map(({ id }) => desk.officer.put(`/roster-imports/${id}/unit-matches`, { matches })),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(200)
      expect((answer.body as RosterImport).unknownUnits).toEqual([])
    }
    expect(await unitsCalled(unknown)).toHaveLength(1)
  })

  it.each(ROUNDS)('of equal units founded at one instant there is one (%i)', async (round) => {
    const name = `桥头${round}党支部`
    const answers = await Promise.all(
      TAPS.map(() => desk.officer.post('/units', { parentId: village.committee.id, kind: 'branch', name })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect(await unitsCalled(name)).toHaveLength(1)
  })

  it.each(ROUNDS)('matched while it is cancelled, nothing personal is left (%i)', async (round) => {
    const name = `柳湾${round}支部`
    const lines = Array.from({ length: 30 }, () => line('连四', { 所在党支部: name }))
    const { id } = await desk.lay(lines)
    const [cancelled, matched, ticked] = await Promise.all([
      desk.officer.delete(`/roster-imports/${id}`),
      desk.officer.put(`/roster-imports/${id}/unit-matches`, {
        matches: [{ name, unitId: village.hexi.id }],
      }),
      desk.officer.put(`/roster-imports/${id}/ticks`, { ticked: true }),
    ])
    expect(cancelled.status).toBe(200)
    for (const { status } of [matched, ticked]) expect([200, 409]).toContain(status)
    expect(await desk.find(id)).toMatchObject({ state: 'cancelled', unknownUnits: [] })
    expect(await village.world.database.repository(RosterImportRow).countBy({ importId: id })).toBe(0)
  })

  it.each(ROUNDS)('unticked while it is executed, it is one or the other (%i)', async (round) => {
    const cells = line(`连五${'一二三四'[round - 1]}`)
    await desk.import([cells])
    const { id } = await desk.lay([{ ...cells, 工作岗位: '医生' }, line('连六')])
    const [unticked, executed] = await Promise.all([
      desk.officer.put(`/roster-imports/${id}/ticks`, { ticked: false }),
      desk.execute(id),
    ])
    expect(executed.status).toBe(201)
    await village.world.settle()
    const rows = unticked.status === 200 ? 1 : 2
    expect(await desk.find(id)).toMatchObject({ state: 'done', progress: { done: rows, total: rows } })
    expect((await desk.memberOf(cells)).post).toBe(unticked.status === 200 ? '教师' : '医生')
  })
})
