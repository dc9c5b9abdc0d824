import Libsql from 'libsql'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import request from 'supertest'
import type { ImportState, RosterImport } from '../../../server/contracts/organization/roster-import.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { startWechatSandbox, type WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { largeRoster } from '../../support/large-roster.js'
import { createDatabase, type TestDatabase } from '../../support/test-database.js'
import { Caller } from '../../support/world.js'
import { BuiltServer, buildServer, freePort } from '../process/built-server.js'

/** LONG=1 takes the largest roster there may be and says what it cost. */
const isLong = process.env['LONG'] === '1'
const PEOPLE = isLong ? 100_000 : 2_000
const WITHIN_MS = isLong ? 1_200_000 : 180_000
const BRANCH = '东岭村党支部'

describe(`A roster of ${PEOPLE} people survives the end of the server`, () => {
  const roster = largeRoster(PEOPLE, BRANCH)
  const sound = roster.people - roster.refused
  let directory: string
  let database: TestDatabase
  let wechat: WechatSandbox
  let port: number
  let server: BuiltServer
  let officer: Caller
  let importId: string

  const start = async () => {
    server = await BuiltServer.start(port, {
      DATA_DIR: join(directory, 'data'),
      DATABASE_URL: database.url,
      SANDBOX_URL: wechat.baseUrl,
      SANDBOX_STATE_DIR: join(directory, 'wechat'),
      LOG_LEVEL: 'fatal',
    })
  }

  beforeAll(async () => {
    buildServer()
    directory = mkdtempSync(join(tmpdir(), 'zhibu-roster-'))
    database = await createDatabase()
    wechat = await startWechatSandbox({ stateDir: join(directory, 'wechat'), retryScale: 0.001 })
    port = await freePort()
    await start()
    const code = await request(server.baseUrl).post('/preview-host/login-code').send({ person: 'officer' })
    const session = await request(server.baseUrl)
      .post('/api/v1/sessions')
      .send({ code: (code.body as { code: string }).code, privacyVersion: PRIVACY_STATEMENT.version })
      .expect(201)
    officer = new Caller(server.baseUrl, (session.body as { accessToken: string }).accessToken)
  }, WITHIN_MS)
  afterAll(async () => {
    await server?.kill()
    await wechat?.stop()
    await database?.drop()
    rmSync(directory, { recursive: true, force: true })
  })

  const upload = async (bytes: Buffer, fileName: string): Promise<string> => {
    const answer = await request(server.baseUrl)
      .post('/api/v1/roster-imports')
      .set('authorization', `Bearer ${officer.token}`)
      .attach('file', bytes, fileName)
      .expect(201)
    const { id, state } = answer.body as RosterImport
    expect(state).toBe('reading')
    return id
  }
  /** Looks until the import is as it should be. @throws when it ends otherwise */
  const until = async (
    id: string,
    isSo: (found: RosterImport) => boolean,
    ends: ImportState[] = ['unreadable', 'failed', 'cancelled'],
  ): Promise<RosterImport> => {
    for (;;) {
      const found = (await officer.get(`/roster-imports/${id}`).expect(200)).body as RosterImport
      if (isSo(found)) return found
      if (ends.includes(found.state)) throw new Error(`${found.state}: ${found.problem}`)
      await pause(isLong ? 250 : 20)
    }
  }
  /** Ends the server in the middle of a job, and lets the lease of that job run out. */
  const killAndRestart = async () => {
    await server.kill()
    const statement = 'UPDATE job SET runAfter = createdAt WHERE finishedAt IS NULL'
    if (database.url) {
      const url = new URL(database.url)
      const connection = await createConnection({
        user: url.username,
        socketPath: url.searchParams.get('socket') ?? undefined,
        database: url.pathname.slice(1),
      })
      await connection.query(statement)
      await connection.end()
    } else {
      const file = new Libsql(join(directory, 'data', 'zhibu.sqlite'))
      file.exec(statement)
      file.close()
    }
    await start()
  }

  it(
    'killed while it is read, the reading goes on where it was: nobody is there twice, nobody is missing',
    async () => {
      importId = await upload(roster.workbook(), '花名册.xlsx')
      const before = await until(
        importId,
        ({ state, progress }) => state === 'reading' && progress.done > 0,
        ['preview', 'unreadable'],
      )
      expect(before.progress.total).toBe(PEOPLE)
      await killAndRestart()
      const { counts, progress } = await until(importId, ({ state }) => state === 'preview')
      expect(counts).toEqual({
        total: PEOPLE,
        new: sound,
        changed: 0,
        same: 0,
        refused: roster.refused,
        unitUnknown: 0,
      })
      expect(progress).toEqual({ done: 0, total: 0 })
    },
    WITHIN_MS,
  )

  it(
    'killed while it is written, the writing goes on where it was',
    async () => {
      await officer
        .post(`/roster-imports/${importId}/execution`, { assessmentMonth: thisMonth() })
        .expect(201)
      await until(importId, ({ progress }) => progress.done > 0)
      await killAndRestart()
      const done = await until(importId, ({ state }) => state === 'done')
      expect(done).toMatchObject({ progress: { done: sound, total: sound }, counts: { new: sound } })
    },
    WITHIN_MS,
  )

  it(
    'the same people as CSV are all known, so everybody was written, and written once',
    async () => {
      const id = await upload(roster.text(), '花名册.csv')
      const { counts } = await until(id, ({ state }) => state === 'preview')
      expect(counts).toEqual({
        total: PEOPLE,
        new: 0,
        changed: 0,
        same: sound,
        refused: roster.refused,
        unitUnknown: 0,
      })
    },
    WITHIN_MS,
  )

  it(
    'cancelled in the middle of reading, nothing of it stays',
    async () => {
      const id = await upload(roster.workbook(), '花名册.xlsx')
      await until(id, ({ progress }) => progress.done > 0)
      const cancelled = (await officer.delete(`/roster-imports/${id}`).expect(200)).body as RosterImport
      expect(cancelled).toMatchObject({ state: 'cancelled', counts: { total: 0 } })
      // The reader notices with its next rows; the next file waits for it.
      const next = await upload(Buffer.from('姓名,公民身份号码,所在党支部\n'), '空.csv')
      await until(next, ({ state }) => state === 'unreadable', [])
      expect((await until(id, () => true)).counts.total).toBe(0)
    },
    WITHIN_MS,
  )

  if (isLong) {
    it(
      'takes bounded memory and lets others have their turn',
      async () => {
        const idle = await settledMemory()
        const figures = new Figures(server)
        const read = await figures.of('reading', async () => {
          const id = await upload(roster.workbook(), '花名册.xlsx')
          await until(id, ({ state }) => state === 'preview')
          return id
        })
        expect(figures.peak - idle).toBeLessThan(300)
        await figures.of('cancelling', () => officer.delete(`/roster-imports/${read}`).expect(200))
        process.stdout.write(`idle ${idle} MiB\n${figures.lines.join('\n')}\n`)
      },
      WITHIN_MS,
    )
  }

  const settledMemory = async () => {
    await server.kill()
    await start()
    await pause(3_000)
    return memoryOf(server, 'VmRSS')
  }
})

/** MiB */
const memoryOf = ({ pid }: BuiltServer, which: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Math.round(Number(new RegExp(`${which}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024)
}

/** What work costs the server: time, memory, and the longest time that nobody else got a turn. */
class Figures {
  readonly lines: string[] = []
  /** MiB */
  peak = 0

  constructor(private readonly server: BuiltServer) {}

  async of<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now()
    let longestSeconds = 0
    const looking = { stopped: false }
    const look = (async () => {
      for (let first = true; !looking.stopped; first = false) {
        const metrics = await (await fetch(`${this.server.baseUrl}/metrics`)).text()
        const lag = Number(/^nodejs_eventloop_lag_max_seconds (\S+)/m.exec(metrics)?.[1] ?? 0)
        if (!first) longestSeconds = Math.max(longestSeconds, lag)
        await pause(500)
      }
    })()
    const result = await work()
    looking.stopped = true
    await look
    this.peak = memoryOf(this.server, 'VmHWM')
    const seconds = (Date.now() - started) / 1000
    this.lines.push(
      `${name}: ${seconds.toFixed(1)} s, peak ${this.peak} MiB, longest block ${Math.round(longestSeconds * 1000)} ms`,
    )
    return result
  }
}

/** In Shanghai. */
const thisMonth = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7)
