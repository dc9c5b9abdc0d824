import { OrgNode } from '../../../server/platform/access/org-node.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { UnitDirectory } from '../../../server/modules/organization/units/unit-directory.js'
import { proposalsFor } from '../../../server/modules/organization/roster/unit-proposals.js'
import { openVillage, type Village } from '../../support/village.js'
import { ImportDesk, line } from './import-desk.js'
import { textOf } from './workbooks.js'

const DIGITS = '零一二三四五六七八九'
const inWords = (number: number) => [...String(number)].map((digit) => DIGITS[Number(digit)]).join('')
const written = (number: number) => `柳湾${inWords(number)}村支部`
const NAMES = 230

describe('A file with hundreds of unknown units', () => {
  let village: Village
  let desk: ImportDesk

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => village.world.close())

  /** Many branches below the committee, as statements and not as commands. */
  const foundMany = async (names: string[]) => {
    const { database } = village.world
    const root = await database.repository(OrgNode).findOneByOrFail({ id: village.committee.id })
    const units = names.map((name): UnitRecord => ({ ...village.dongling, id: newId(), name }))
    for (let start = 0; start < units.length; start += 500) {
      const some = units.slice(start, start + 500)
      await database
        .repository(OrgNode)
        .insert(some.map(({ id }) => ({ id, parentId: root.id, path: `${root.path}${id}/` })))
      await database.repository(UnitRecord).insert(some)
    }
  }

  it('shows two hundred at a time; every name gets its turn, and rows are matched under every name', async () => {
    const lines = Array.from({ length: NAMES }, (_, index) =>
      line('葛长河', { 所在党支部: written(1000 + index) }),
    )
    const { id, unknownUnits } = await desk.lay(lines)
    expect(unknownUnits).toHaveLength(200)
    // Founded by somebody else meanwhile, under exactly the names of the file, those beyond the two hundred among them.
    await foundMany(lines.slice(0, NAMES - 1).map((cells) => textOf(cells['所在党支部'])))
    const after = await desk.match(id, [])
    expect(after).toMatchObject({ counts: { new: NAMES - 1, unitUnknown: 1 } })
    expect(after.unknownUnits).toMatchObject([{ name: written(1000 + NAMES - 1), rowCount: 1 }])
    expect(await desk.find(id)).toEqual(after)
  })

  it('proposals are found when the file comes, not whenever somebody looks', async () => {
    const { id, unknownUnits } = await desk.lay([line('葛玉芳', { 所在党支部: '东岭支部' })])
    expect(unknownUnits).toMatchObject([{ proposals: [{ name: '东岭村党支部' }] }])
    const names = jest.spyOn(village.world.app.get(UnitDirectory), 'inScope')
    expect((await desk.find(id)).unknownUnits).toEqual(unknownUnits)
    await desk.officer.get('/roster-imports').expect(200)
    await desk.rows(id)
    expect(names).not.toHaveBeenCalled()
  })

  it('a unit founded for one name is proposed for the next', async () => {
    const [name, other] = ['桂花坪党支部', '桂花坪村支部']
    const { id } = await desk.lay([
      line('葛守田', { 所在党支部: name }),
      line('葛文博', { 所在党支部: other }),
    ])
    const after = await desk.match(id, [{ name, createUnder: village.committee.id }])
    expect(after.unknownUnits).toMatchObject([{ name: other, proposals: [{ name }] }])
  })

  it('while proposals for 200 names among 2000 units are sought, others get their turn after each', async () => {
    const known = Array.from({ length: 2000 }, (_, index) => ({
      id: String(index),
      name: `${'东西南北'[index % 4]}岭${inWords(index)}村党支部`,
    }))
    const waiting = Array.from({ length: 300 }, (_, index) => ({
      name: `东岭镇${inWords(index * 7)}村支部`,
      rowCount: 1,
    }))
    let turns = 0
    let seeking = true
    const takeTurns = () => {
      turns += 1
      if (seeking) setImmediate(takeTurns)
    }
    setImmediate(takeTurns)
    const found = await proposalsFor(waiting, known)
    seeking = false
    expect(found).toHaveLength(200)
    expect(turns).toBeGreaterThanOrEqual(200)
    for (const { proposals } of found) expect(proposals).toHaveLength(3)
  })
})
