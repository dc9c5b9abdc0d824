import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as Pino from 'pino'
import type { DisclosureRecordPage, MemberDisclosure } from '../../../server/contracts/organization/member.js'
import type { ImportRowPage } from '../../../server/contracts/organization/roster-import.js'
import { MemberRecord } from '../../../server/modules/organization/members/member.entity.js'
import { MemberPages } from '../../../server/modules/home/member-pages.service.js'
import { newId } from '../../../server/platform/database/ids.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { JsonLogger } from '../../../server/platform/http/logger.js'
import { schema } from '../../../server/schema.js'
import { EveryCall, withoutRequestId } from './every-call.js'
import {
  found,
  leaks,
  NAMED_IN_FILES,
  plantedNumbers,
  plantedSecrets,
  type PlantedSecrets,
} from './planted-secrets.js'
import { routes, type NamedRoute } from '../routes/index.js'
import { billOf } from '../routes/payments.js'
import { importInto, uploadAs } from '../routes/roster-imports.js'
import { openTwoCounties, type TwoCounties } from '../routes/stage/two-counties.js'
import { HEADINGS, soundRowWith, workbookOf } from '../../unit/roster/workbook-builder.js'

const mockLines: string[] = []
jest.mock('pino', () => {
  const actual = jest.requireActual<typeof Pino>('pino')
  const pino = (options: Pino.LoggerOptions) =>
    actual.pino(options, { write: (line: string) => void mockLines.push(line) })
  return { ...actual, pino: Object.assign(pino, actual.pino) }
})

/** It tells whether the keys fit the database, is about nobody, and is written by a start of the server that tests leave out. */
const HOLDS_THE_KEYS = 'key_check.value'
/** A call takes some milliseconds, and every role makes three. */
const SLOW_MS = 60_000

describe('every route, called by everybody inside and outside their scope', () => {
  let counties: TwoCounties
  let every: EveryCall

  beforeAll(async () => {
    process.env['TEST_LOG'] = 'trace'
    counties = await openTwoCounties()
    delete process.env['TEST_LOG']
    await counties.village.world.database.execute(`UPDATE account SET unionid = id`)
    every = await EveryCall.in(counties)
  })
  afterAll(() => every.close())

  const named = (chosen: (route: NamedRoute) => boolean) =>
    routes.filter(chosen).map((route): [string, NamedRoute] => [route.name, route])

  describe('answers each role as described, writes only where it may, and out of scope says what it says nowhere', () => {
    it.each(named(({ ends }) => ends === undefined || ends === 'own session'))(
      '%s',
      (_, route) => every.isAnsweredAsDescribed(route),
      SLOW_MS,
    )

    it.each<[string, (unitId: string) => object]>([
      ['used', (unitId) => ({ name: '南湾', unitId })],
      ['founded under', (createUnder) => ({ name: '南湾', createUnder })],
    ])('a unit that a name in a file is %s', async (_, match) => {
      const { callers, village, abroad } = counties
      const { id } = await importInto(counties, callers.officer, village.dongling)
      const asked = (unitId: string) =>
        callers.officer.put(`/roster-imports/${id}/unit-matches`, { matches: [match(unitId)] }).expect(404)
      expect(withoutRequestId(await asked(abroad.branch.id))).toEqual(withoutRequestId(await asked(newId())))
    })

    it('a bill of somebody else among bills of one’s own', async () => {
      const { li, wang } = counties.village.members
      const asked = (other: string) =>
        counties.callers.secretary
          .post('/payments', { billIds: [billOf(li), other] })
          .set('idempotency-key', newId())
          .expect(404)
      expect(withoutRequestId(await asked(billOf(wang)))).toEqual(
        withoutRequestId(await asked(`${newId()}202611`)),
      )
    })
  })

  describe('planted secrets', () => {
    let secrets: PlantedSecrets

    beforeAll(async () => {
      secrets = await plantedSecrets(counties.village.world)
    })

    it('stand in every encrypted column, else nobody would see them leave', () => {
      const empty = secrets.columns.filter(({ clear, isDocument }) => !isDocument && clear.length === 0)
      expect(secrets.columns.length).toBeGreaterThan(6)
      expect(empty.map(({ name }) => name)).toEqual([HOLDS_THE_KEYS])
    })

    it('are there to be found: the secretary reads them all, and each reading is recorded', async () => {
      const { village, callers } = counties
      const { body } = await callers.secretary
        .post(`/members/${village.members.wang.id}/disclosures`, { reason: '生日慰问要寄信' })
        .expect(201)
      const disclosed = body as MemberDisclosure
      expect(disclosed).toMatchObject({ idNumber: village.members.wang.idNumber, phone: '19990010003' })
      expect(secrets.personal).toEqual(
        expect.arrayContaining([disclosed.idNumber, disclosed.phone, disclosed.address]),
      )
    })

    it('appear in no answer of any route to anybody', () => {
      expect(every.heard.filter(({ isJson }) => isJson).length).toBeGreaterThan(600)
      expect(
        leaks(
          [...secrets.personal, ...secrets.internal],
          every.heard.filter(({ uncovers }) => !uncovers),
        ),
      ).toEqual([])
    })

    it('neither do names before the branch has confirmed who is asking', () => {
      const shown = every.heard.filter(({ role }) => role === 'nobody' || role === 'account')
      expect(leaks([...secrets.names, ...NAMED_IN_FILES], shown)).toEqual([])
    })

    it('the people of an upload are named to the officer who imports them, and to no one else', () => {
      const readers = every.heard
        .filter(({ text }) => text.includes('冯无号'))
        .map(({ role, route }) => `${role} ${route.replace(/ \(copy \d+\)$/, '')}`)
      expect([...new Set(readers)]).toEqual([
        'officer GET /api/v1/roster-imports/{id}/rows',
        'officer GET /api/v1/roster-imports/{id}/refused-rows',
      ])
    })

    it('a changed number is proposed without showing the old or the new one', async () => {
      const { village, callers } = counties
      const { wang } = village.members
      const row = soundRowWith({
        ...{ 姓名: '王秀兰', 性别: '女', 出生日期: '1948-04-02', 公民身份号码: wang.idNumber },
        ...{ 联系电话: '19987659999', 家庭住址: '云溪县东岭村秘密巷 7 号' },
      })
      const upload = await uploadAs(callers.officer, await workbookOf({ rows: [HEADINGS, row] })).expect(201)
      const { id } = upload.body as { id: string }
      await village.world.settle()
      const { text, body } = await callers.officer.get(`/roster-imports/${id}/rows`).expect(200)
      const [changed] = (body as ImportRowPage).items
      expect(changed?.changes).toEqual(
        expect.arrayContaining([
          { heading: '联系电话', before: '199****0003', after: '199****9999' },
          { heading: '家庭住址', before: '云溪县东岭村****', after: '云溪县东岭村****' },
        ]),
      )
      expect(found([...secrets.personal, '19987659999', '秘密巷'], text)).toEqual([])
    })

    it('a field that no contract names does not leave, wherever it was put', async () => {
      const { village, callers } = counties
      const members = village.world.app.get(MemberPages)
      const real = members.find.bind(members)
      jest.spyOn(members, 'find').mockImplementation(async (actor, id) => {
        const member = await real(actor, id)
        const planted = { openid: 'planted-openid', idNumberIndex: 'planted-index' }
        return { ...member, ...planted, can: { ...member.can, ...planted } }
      })
      const { text } = await callers.secretary.get(`/members/${village.members.wang.id}`).expect(200)
      expect(text).toContain('王秀兰')
      expect(text).not.toContain('planted')
    })

    it('the member sees who read their numbers, when and why, and nobody else does', async () => {
      const { village, callers } = counties
      const seenBy = async (person: 'wang' | 'chen') =>
        ((await (await village.as(person)).get('/me/disclosures').expect(200)).body as DisclosureRecordPage)
          .items
      expect((await seenBy('wang'))[0]).toEqual({
        id: expect.any(String) as string,
        at: '2026-11-21T04:00:00.000Z',
        readerName: '李建国',
        reason: '生日慰问要寄信',
      })
      expect(await seenBy('chen')).toEqual([])
      const before = (await seenBy('wang')).length
      await callers.officer
        .post(`/members/${village.members.wang.id}/disclosures`, { reason: '看看' })
        .expect(403)
      expect(await seenBy('wang')).toHaveLength(before)
    })

    describe('in the log, at its most talkative', () => {
      const lines = () => mockLines.join('\n')

      it('hold no number, no address, no openid, no name and no token', () => {
        expect(mockLines.length).toBeGreaterThan(400)
        expect(
          found([...secrets.personal, ...secrets.internal, ...secrets.names, ...NAMED_IN_FILES], lines()),
        ).toEqual([])
        expect(
          found(
            Object.values(counties.callers).flatMap(({ token, refreshToken }) =>
              token ? [token, refreshToken] : [],
            ),
            lines(),
          ),
        ).toEqual([])
      })

      it('also when a query fails: what is kept is kind and place, not what was asked', async () => {
        const { village, callers } = counties
        const { database } = village.world
        await database.execute('ALTER TABLE unit RENAME TO unit_gone')
        const { status, text } = await callers.officer.get(`/members?q=${encodeURIComponent('王秀兰')}`)
        await database.execute('ALTER TABLE unit_gone RENAME TO unit')
        expect(status).toBe(500)
        expect(text).not.toMatch(/unit|SELECT|王秀兰/)
        const failure = mockLines.find((line) => line.includes('request failed'))
        expect(failure).toMatch(/QueryFailedError.*database error/)
        expect(found(['王秀兰', 'SELECT'], failure ?? '')).toEqual([])
      })

      it('also when the database quotes a value in its refusal', async () => {
        const { database } = counties.village.world
        const [someone] = await database.repository(MemberRecord).find({ take: 1 })
        if (!someone) throw new Error('nobody lives here')
        const error: unknown = await database
          .repository(MemberRecord)
          .insert({ ...someone })
          .catch((e: unknown) => e)
        const start = mockLines.length
        new JsonLogger('trace').error(
          { error, details: { ...someone }, phone: someone.phone },
          'could not be entered',
        )
        const logged = mockLines.slice(start).join('\n')
        expect(logged).toMatch(/QueryFailedError/)
        expect(found([...secrets.personal, ...secrets.internal, someone.name], logged)).toEqual([])
      })

      it('also when the refusal has several lines', () => {
        const start = mockLines.length
        const error = Object.assign(new Error('first\n19990010003 second'), { driverError: { code: 'X' } })
        new JsonLogger('trace').error({ error }, 'failed')
        expect(mockLines.slice(start).join('\n')).not.toContain('19990010003')
      })
    })

    describe('in the database', () => {
      const numbers = () => plantedNumbers(counties.village.world)

      it('are ciphertext in every row of every table', async () => {
        const { database } = counties.village.world
        const planted = await numbers()
        expect(planted.length).toBeGreaterThan(30)
        for (const entity of schema.entities as Array<new () => object>) {
          const { tableName } = database.repository(entity).metadata
          const rows = await database.query(`SELECT * FROM ${tableName}`)
          expect([tableName, found(planted, JSON.stringify(rows))]).toEqual([tableName, []])
        }
      })

      it('and what happened is told in ids and figures, without a name', async () => {
        const rows = await counties.village.world.database.query('SELECT * FROM event')
        expect(rows.length).toBeGreaterThan(30)
        expect(found([...secrets.names, ...secrets.personal], JSON.stringify(rows))).toEqual([])
      })

      if (isEmbedded) {
        it('are in no byte of the database file', async () => {
          const { dataDir } = counties.village.world.config
          const files = readdirSync(dataDir).filter((name) => name.startsWith('zhibu.sqlite'))
          const bytes = Buffer.concat(files.map((name) => readFileSync(join(dataDir, name))))
          expect(bytes.includes('王秀兰')).toBe(true)
          expect((await numbers()).filter((secret) => bytes.includes(secret))).toEqual([])
        })
      }
    })
  })

  describe('what ends sessions, last of all', () => {
    it.each(named(({ ends }) => ends === 'other sessions' || ends === 'all sessions'))('%s', (_, route) =>
      every.isAnsweredAsDescribed(route),
    )
  })
})
