import type { Generation } from '../../../server/contracts/organization/generation.js'
import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { GenerationQueries } from '../../../server/modules/organization/dues/generation.queries.js'
import { RosterWriter } from '../../../server/modules/organization/roster/roster-writer.js'
import type { EventName } from '../../../server/platform/audit/event-map.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { AccountRecord } from '../../../server/platform/auth/account.entity.js'
import { NOON, OPENIDS, openVillage, type Village } from '../../support/village.js'
import { claimAs, claimIn } from '../binding/claims.js'
import { ImportDesk, line } from '../roster/import-desk.js'

describe('What a command changes leaves an event', () => {
  let village: Village
  let desk: ImportDesk
  let zhouId: string
  let events: EventRecord[]

  const accountIdOf = async (person: keyof typeof OPENIDS) =>
    (await village.world.database.repository(AccountRecord).findOneByOrFail({ openid: OPENIDS[person] })).id
  const stored = () => village.world.database.repository(EventRecord).find({ order: { id: 'ASC' } })
  /** Those of a name that came since the last test began. */
  const added = async (name: EventName) => {
    const known = new Set(events.map(({ id }) => id))
    return (await stored()).filter((event) => event.name === name && !known.has(event.id))
  }

  beforeAll(async () => {
    village = await openVillage()
    desk = new ImportDesk(village.world, await village.as('zhou'))
    zhouId = await accountIdOf('zhou')
  })
  beforeEach(async () => {
    village.world.turnClockTo(NOON)
    events = await stored()
  })
  afterEach(() => jest.restoreAllMocks())
  afterAll(() => village.world.close())

  it('the first assessment of each member whom a roster adds', async () => {
    const cells = line('樊长河')
    await desk.import([cells, line('樊玉芳'), line('樊守田', { 党费类别: '农牧民', 计算基数: null })])
    const recorded = await added('dues.assessed')
    expect(recorded).toHaveLength(2)
    const member = await desk.memberOf(cells)
    const assessment = await village.world.database
      .repository(AssessmentRecord)
      .findOneByOrFail({ memberId: member.id })
    expect(recorded.find(({ subjectId }) => subjectId === assessment.id)).toMatchObject({
      actorId: zhouId,
      unitId: village.dongling.id,
      data: { memberId: member.id, fromMonth: '2026-11', amountFen: assessment.amountFen },
    })
  })

  it('the unit that a name in a roster means from now on; looking again is none', async () => {
    const { id } = await desk.lay([line('樊文博', { 所在党支部: '东岭的支部' })])
    await desk.match(id, [])
    expect(await added('roster.units-matched')).toEqual([])
    await desk.match(id, [{ name: '东岭的支部', unitId: village.dongling.id }])
    expect(await added('roster.units-matched')).toMatchObject([
      { actorId: zhouId, unitId: village.committee.id, subjectId: id, data: { names: 1 } },
    ])
  })

  it('signing out', async () => {
    const caller = await village.as('chen')
    await caller.delete('/sessions/current').expect(204)
    await caller.delete('/sessions/current').expect(401)
    const [signedIn] = await added('account.signed-in')
    expect(await added('account.signed-out')).toMatchObject([
      { actorId: await accountIdOf('chen'), subjectId: signedIn?.subjectId },
    ])
  })

  it('a claim for which the name is asked, and its end when the consent is taken back', async () => {
    const caller = await village.as('guiying')
    const { id } = claimIn(await claimAs(village, caller, 'guiying'))
    const common = { actorId: await accountIdOf('guiying'), unitId: null, subjectId: id, data: {} }
    expect(await added('binding.name-asked')).toMatchObject([common])
    await caller.delete('/me/consent').expect(204)
    expect(await added('binding.withdrawn')).toMatchObject([common])
  })

  it('taking back a consent that bound nobody is no end of a binding', async () => {
    const caller = await village.as('stranger')
    await caller.delete('/me/consent').expect(204)
    expect(await added('binding.withdrawn')).toEqual([])
    expect(await added('account.consent-withdrawn')).toHaveLength(1)
  })

  const fiveAttempts = async () => {
    for (let hour = 1; hour <= 5; hour++) {
      await village.world.settle()
      village.world.turnClockTo(new Date(NOON.getTime() + hour * 600_000))
    }
  }

  it('a month whose bills could not be made', async () => {
    const { app } = village.world
    jest.spyOn(app.get(GenerationQueries, { strict: false }), 'count').mockRejectedValue(new Error('broken'))
    const answer = await desk.officer.post('/dues-generations', { month: '2026-11' }).expect(201)
    await fiveAttempts()
    expect(await added('dues.generation-failed')).toMatchObject([
      { actorId: null, unitId: village.committee.id, subjectId: (answer.body as Generation).id },
    ])
  })

  it('an import that could not be carried out', async () => {
    const { app } = village.world
    const { id } = await desk.lay([line('樊小满')])
    jest.spyOn(app.get(RosterWriter, { strict: false }), 'write').mockRejectedValue(new Error('broken'))
    await desk.execute(id).expect(201)
    await fiveAttempts()
    expect(await added('roster.import-failed')).toMatchObject([
      { actorId: null, unitId: village.committee.id, subjectId: id },
    ])
  })
})
