import type { Generation } from '../../../server/contracts/organization/generation.js'
import type { RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { GenerationQueries } from '../../../server/modules/organization/dues/generation.queries.js'
import { RowClassifier } from '../../../server/modules/organization/roster/row-classifier.js'
import { JobLanes } from '../../../server/platform/jobs/job-lanes.js'
import { openVillage, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'
import { line, rosterOf } from './import-desk.js'
import { upload } from './workbooks.js'

describe('While the large jobs of the county are at work', () => {
  let village: Village
  let zhou: Caller
  let letGo: () => void

  beforeAll(async () => {
    village = await openVillage()
    zhou = await village.as('zhou')
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const classifier = village.world.app.get(RowClassifier, { strict: false })
    const knownUnits = classifier.knownUnits.bind(classifier)
    jest.spyOn(classifier, 'knownUnits').mockImplementation(async (unitId) => {
      if (unitId === village.committee.id) await held
      return knownUnits(unitId)
    })
    const queries = village.world.app.get(GenerationQueries, { strict: false })
    const rangeEnd = queries.rangeEnd.bind(queries)
    jest.spyOn(queries, 'rangeEnd').mockImplementationOnce(async (...range) => {
      await held
      return rangeEnd(...range)
    })
  })
  afterAll(() => village.world.close())

  const read = async (unitId: string): Promise<RosterImport> =>
    (await upload(zhou, await rosterOf([line('周远')]), 'roster.xlsx', { unitId }).expect(201))
      .body as RosterImport
  const generate = async (unitId: string): Promise<Generation> =>
    (await zhou.post('/dues-generations', { month: '2026-11', unitId }).expect(201)).body as Generation
  const stateOf = async (path: string) => {
    await village.world.app.get(JobLanes).look()
    return ((await zhou.get(path).expect(200)).body as { state: string }).state
  }
  /** The test's own time limit ends it. */
  const reaches = async (path: string, state: string) => {
    while ((await stateOf(path)) !== state) {
      // not yet
    }
  }

  it('the roster of a branch is read and its bills are made, and then those of the county too', async () => {
    const countys = { roster: await read(village.committee.id), bills: await generate(village.committee.id) }
    await reaches(`/dues-generations/${countys.bills.id}`, 'running')
    const branchs = { roster: await read(village.hexi.id), bills: await generate(village.hexi.id) }
    await reaches(`/roster-imports/${branchs.roster.id}`, 'preview')
    await reaches(`/dues-generations/${branchs.bills.id}`, 'done')
    expect(await stateOf(`/roster-imports/${countys.roster.id}`)).toBe('reading')
    expect(await stateOf(`/dues-generations/${countys.bills.id}`)).toBe('running')
    letGo()
    await reaches(`/roster-imports/${countys.roster.id}`, 'preview')
    await reaches(`/dues-generations/${countys.bills.id}`, 'done')
  })
})
