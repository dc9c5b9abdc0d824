import { DuesPlaceRecord } from '../../../server/modules/organization/dues/dues-place.entity.js'
import { AssessmentRecord } from '../../../server/modules/organization/dues/assessment.entity.js'
import { MemberPeriodRecord } from '../../../server/modules/organization/members/member-period.entity.js'
import { MemberProjectionJobs } from '../../../server/modules/organization/members/member-projection.jobs.js'
import type { PeriodRecord } from '../../../server/platform/periods/period-record.js'
import { NOON, openVillage, type Village } from '../../support/village.js'
import type { AnotherServer, Caller } from '../../support/world.js'

const ROUNDS = [1, 2, 3, 4, 5, 6]
const DAYS = [
  '2026-07-01',
  '2026-08-10',
  '2026-09-01',
  '2026-09-20',
  '2026-10-15',
  '2026-11-01',
  '2026-12-05',
]
/** A phone may have to be told to try again, never that something broke. */
const EXPECTED = [201, 409]

/** Two processes write about one member at one moment: only the lock of the member's row stands between them. */
describe('dated facts of a member, recorded by two processes at once', () => {
  let village: Village
  let other: AnotherServer
  let officers: Caller[]

  beforeAll(async () => {
    village = await openVillage()
    other = await village.world.anotherServer(NOON)
    const zhou = await village.as('zhou')
    officers = [zhou, zhou.at(other.baseUrl)]
  })
  afterAll(async () => {
    await other.close()
    await village.world.close()
  })

  /** Different in each round, the same in each run. */
  const chosen = <T>(values: readonly T[], seed: number): T => values[seed % values.length] as T

  function factOf(round: number, index: number): object {
    const seed = round * 31 + index * 17
    const fromOn = chosen(DAYS.slice(0, -1), seed)
    const later = DAYS.filter((day) => day > fromOn)
    const untilOn = seed % 3 === 0 ? undefined : chosen(later, seed * 7)
    const { committee: _, dongling, hexi } = village
    const about = [
      { kind: 'unit', value: chosen([dongling.id, hexi.id], index) },
      { kind: 'standing', value: chosen(['normal', 'suspended'], index + round) },
      { kind: 'rights', value: chosen(['full', 'vote-only', 'none'], index) },
      { kind: 'art-23', value: chosen(['none', 'by-branch', 'by-request'], index) },
      { kind: 'category', value: chosen(['formal', 'probationary'], index) },
    ]
    // Two of each kind, so that they meet.
    return { ...chosen(about, index >> 1), fromOn, untilOn, reason: '两处同时登记' }
  }

  /** Periods of one subject that have a day in common, and subjects with more than one open end. */
  async function overlapping<Row extends PeriodRecord>(
    entity: new () => Row,
    subjectOf: (row: Row) => string,
  ): Promise<string[]> {
    const rows = (await village.world.database.repository(entity).find()).filter(
      ({ withdrawnAt }) => withdrawnAt === null,
    )
    expect(rows.length).toBeGreaterThan(0)
    const found: string[] = []
    for (const subject of new Set(rows.map(subjectOf))) {
      const own = rows.filter((row) => subjectOf(row) === subject)
      own.sort((one, next) => (one.fromOn < next.fromOn ? -1 : 1))
      own.forEach(({ fromOn, untilOn }, index) => {
        if (untilOn !== null && untilOn <= fromOn) found.push(`${subject}: no day from ${fromOn}`)
        const next = own[index + 1]
        if (next && (untilOn === null || untilOn > next.fromOn)) found.push(`${subject}: ${next.fromOn}`)
      })
    }
    return found
  }

  async function expectSoundPeriods(): Promise<void> {
    expect(await overlapping(MemberPeriodRecord, ({ memberId, kind }) => `${memberId} ${kind}`)).toEqual([])
    expect(await overlapping(DuesPlaceRecord, ({ memberId }) => memberId)).toEqual([])
    expect(await overlapping(AssessmentRecord, ({ memberId }) => memberId)).toEqual([])
    const projection = village.world.app.get(MemberProjectionJobs, { strict: false })
    expect([...(await projection.recount())]).toEqual([])
  }

  it.each(ROUNDS)('facts of every kind never overlap (round %i)', async (round) => {
    const path = `/members/${village.members.sun.id}/facts`
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => chosen(officers, index).post(path, factOf(round, index))),
    )
    expect(answers.map(({ status }) => status).filter((status) => !EXPECTED.includes(status))).toEqual([])
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(2)
    await expectSoundPeriods()
  })

  it.each(ROUNDS)('nor do assessments (round %i)', async (round) => {
    const path = `/members/${village.members.chen.id}/assessments`
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        chosen(officers, index).post(path, {
          fromMonth: chosen(['2026-07', '2026-09', '2026-10', '2026-11'], index * round + index),
          duesClass: 'wage',
          baseFen: 400_000 + round * 1_000 + index,
          later: chosen(['keep', 'replace'], index + round),
          reason: '两处同时核定',
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
    await expectSoundPeriods()
  })

  it('the same recorded at both places holds once, and one of them is told so', async () => {
    const path = `/members/${village.members.he.id}/facts`
    const fact = { kind: 'art-23', value: 'by-branch', fromOn: '2026-10-01', reason: '两处同时登记' }
    const answers = await Promise.all(officers.map((officer) => officer.post(path, fact)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const rows = await village.world.database
      .repository(MemberPeriodRecord)
      .findBy({ memberId: village.members.he.id, kind: 'art-23' })
    expect(rows).toHaveLength(1)
  })

  it('taken back at both places it is taken back once', async () => {
    const { world, members } = village
    const rows = await world.database
      .repository(MemberPeriodRecord)
      .findBy({ memberId: members.he.id, kind: 'art-23' })
    const path = `/members/${members.he.id}/facts/${rows[0]?.id}/withdrawal`
    const answers = await Promise.all(officers.map((officer) => officer.post(path, { reason: '登记错了人' })))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const events = await world.database.query(`SELECT id FROM event WHERE name = 'member.fact-withdrawn'`)
    expect(events).toHaveLength(1)
    await expectSoundPeriods()
  })
})
