import { Injectable, type INestApplicationContext } from '@nestjs/common'
import { Audit } from '../../../server/platform/audit/audit.js'
import type { CommittedEvent } from '../../../server/platform/audit/event-map.js'
import { EventListener } from '../../../server/platform/audit/event-listener.entity.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { EventStream } from '../../../server/platform/audit/event-stream.entity.js'
import { On } from '../../../server/platform/audit/on.decorator.js'
import { OutboxRelay } from '../../../server/platform/audit/outbox-relay.js'
import { Database } from '../../../server/platform/database/database.js'
import { isEmbedded } from '../../../server/platform/database/engine.js'
import { newId } from '../../../server/platform/database/ids.js'
import { PlatformFixture } from '../database/platform-fixture.js'

@Injectable()
class Newcomer {
  readonly batches: string[][] = []
  meanwhile: () => Promise<void> = () => Promise.resolve()

  @On('test.happened')
  async read(events: Array<CommittedEvent<'test.happened'>>): Promise<void> {
    this.batches.push(events.map(({ subjectId }) => subjectId))
    await this.meanwhile()
  }
}

describe('A listener that a new version brings', () => {
  /** The version before: it records events and knows of no listener. */
  let before: PlatformFixture
  const opened: INestApplicationContext[] = []

  beforeAll(async () => {
    before = await PlatformFixture.open()
  })
  afterEach(async () => {
    for (const app of opened.splice(0)) await app.close()
    for (const table of [EventRecord, EventStream, EventListener]) {
      await before.database.repository<object>(table).clear()
    }
  })
  afterAll(() => before.close())

  const startNewVersion = async () => {
    const app = await before.another([Newcomer])
    opened.push(app)
    return { app, relay: app.get(OutboxRelay), newcomer: app.get(Newcomer) }
  }
  const happen = async (count: number, app: INestApplicationContext = before.app): Promise<string[]> => {
    const subjectIds = Array.from({ length: count }, () => newId())
    const happenings = subjectIds.map((subjectId) => ({
      actorId: null,
      unitId: null,
      subjectId,
      data: { amountFen: 20 },
    }))
    await app.get(Audit).recordMany('test.happened', happenings)
    return subjectIds
  }
  const drain = async (relay: OutboxRelay) => {
    while ((await relay.drain()) > 0) {
      // until nothing is due
    }
  }

  it('reads what happened before it was there, from the start, and goes on after a restart where it was', async () => {
    const recorded = await happen(250)
    const first = await startNewVersion()
    await first.relay.drain()
    await opened.pop()?.close()
    const second = await startNewVersion()
    recorded.push(...(await happen(10, second.app)))
    await drain(second.relay)
    expect(first.newcomer.batches.map(({ length }) => length)).toEqual([100])
    expect(second.newcomer.batches.map(({ length }) => length)).toEqual([100, 60])
    const read = [...first.newcomer.batches, ...second.newcomer.batches].flat()
    expect(read.sort()).toEqual(recorded.sort())
  })

  it('is given a batch again whose process died in the middle of it, and none twice besides', async () => {
    const recorded = await happen(150)
    const dying = await startNewVersion()
    let die: () => void = () => undefined
    dying.newcomer.meanwhile = () => new Promise((resolve) => (die = resolve))
    const died = dying.relay.drain()
    while (dying.newcomer.batches.length === 0) await new Promise((resolve) => setImmediate(resolve))
    const next = await startNewVersion()
    await drain(next.relay)
    expect(next.newcomer.batches).toEqual([])
    before.passSeconds(60)
    await drain(next.relay)
    expect(next.newcomer.batches.flat().sort()).toEqual(recorded.sort())
    die()
    await died
    await drain(next.relay)
    expect(next.newcomer.batches.flat()).toHaveLength(150)
  })

  it('misses no event that is committed after later ones were read', async () => {
    // Its id was made first, its transaction ended last.
    const early = '0'.repeat(26)
    const later = await happen(3)
    const { relay, newcomer } = await startNewVersion()
    await drain(relay)
    expect(newcomer.batches.flat().sort()).toEqual(later.sort())
    await before.database.repository(EventRecord).insert({
      id: early,
      name: 'test.happened',
      actorId: null,
      unitId: null,
      subjectId: early,
      data: { amountFen: 20 },
      at: before.now,
    })
    await drain(relay)
    expect(newcomer.batches.at(-1)).toEqual([early])
  })

  const onServersOnly = isEmbedded ? it.skip : it
  onServersOnly(
    'misses none of transactions that are open while it begins, in processes old and new',
    async () => {
      const recorded = await happen(120)
      const { app, relay, newcomer } = await startNewVersion()
      let done = false
      // Some record and commit at once, some keep their transaction open over several looks of the relay.
      const record = async (process: INestApplicationContext) => {
        for (let round = 0; round < 15; round++) {
          recorded.push(...(await happen(7, process)))
          await process.get(Database).transaction(async () => {
            recorded.push(...(await happen(5, process)))
            for (let looks = 0; looks < round; looks++) await process.get(Database).query('SELECT 1')
          })
        }
      }
      const keepDraining = async () => {
        while (!done) await relay.drain()
      }
      const draining = [keepDraining(), keepDraining()]
      await Promise.all([record(before.app), record(before.app), record(app), record(app)])
      done = true
      await Promise.all(draining)
      await drain(relay)
      expect(newcomer.batches.flat().sort()).toEqual(recorded.sort())
    },
  )

  it('shows no lag while it reads what is old, and from then on like any other', async () => {
    await happen(150)
    before.passSeconds(86_400)
    const { relay } = await startNewVersion()
    expect(await relay.lagSeconds()).toBe(0)
    await relay.drain()
    expect(await relay.lagSeconds()).toBe(0)
    await drain(relay)
    expect(await before.database.repository(EventListener).find()).toMatchObject([
      { name: 'Newcomer.read', caughtUpAt: before.now },
    ])
    await happen(1)
    before.passSeconds(90)
    expect(await relay.lagSeconds()).toBe(90)
    await drain(relay)
    expect(await relay.lagSeconds()).toBe(0)
  })
})
