import { Injectable } from '@nestjs/common'
import { Audit } from '../../../server/platform/audit/audit.js'
import type { CommittedEvent } from '../../../server/platform/audit/event-map.js'
import { EventDelivery } from '../../../server/platform/audit/event-delivery.entity.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { On } from '../../../server/platform/audit/on.decorator.js'
import { OutboxRelay } from '../../../server/platform/audit/outbox-relay.js'
import { newId } from '../../../server/platform/database/ids.js'
import { PlatformFixture } from '../database/platform-fixture.js'

type Happened = CommittedEvent<'test.happened'>

@Injectable()
class Totals {
  readonly batches: string[][] = []
  bad = new Set<string>()
  meanwhile: (subjectIds: string[]) => Promise<void> = () => Promise.resolve()

  @On('test.happened')
  async add(events: Happened[]): Promise<void> {
    const subjectIds = events.map(({ subjectId }) => subjectId)
    this.batches.push(subjectIds)
    await this.meanwhile(subjectIds)
    if (subjectIds.some((id) => this.bad.has(id))) throw new Error('this one cannot be added')
  }

  heard(): string[] {
    return this.batches.flat()
  }
}

@Injectable()
class Reminder {
  heard = 0

  @On('test.happened')
  remind(events: Happened[]): Promise<void> {
    this.heard += events.length
    return Promise.resolve()
  }
}

describe('Events that wait for a listener', () => {
  let platform: PlatformFixture
  let relay: OutboxRelay
  let totals: Totals
  let reminder: Reminder

  beforeAll(async () => {
    platform = await PlatformFixture.open([Totals, Reminder])
    relay = platform.get(OutboxRelay)
    totals = platform.get(Totals)
    reminder = platform.get(Reminder)
  })
  afterEach(async () => {
    await platform.database.repository(EventRecord).clear()
    await platform.database.repository(EventDelivery).clear()
    totals.batches.length = 0
    reminder.heard = 0
    Object.assign(totals, { bad: new Set(), meanwhile: () => Promise.resolve() })
  })
  afterAll(() => platform.close())

  const happen = async (count: number): Promise<string[]> => {
    const subjectIds = Array.from({ length: count }, () => newId())
    const happenings = subjectIds.map((subjectId) => ({
      actorId: null,
      unitId: null,
      subjectId,
      data: { amountFen: 20 },
    }))
    await platform.get(Audit).recordMany('test.happened', happenings)
    return subjectIds
  }
  const drain = async () => {
    while ((await relay.drain()) > 0) {
      // until nothing is due
    }
  }

  it('are given together, a hundred at most, in their order', async () => {
    await happen(250)
    await drain()
    expect(totals.batches.map(({ length }) => length)).toEqual([100, 100, 50])
    const stored = await platform.database.repository(EventRecord).find({ order: { id: 'ASC' } })
    expect(totals.heard()).toEqual(stored.map(({ subjectId }) => subjectId))
  })

  it('are not held up by one that fails: it alone is given again', async () => {
    const subjectIds = await happen(10)
    const bad = subjectIds[3] ?? ''
    totals.bad.add(bad)
    await drain()
    expect(totals.batches.map(({ length }) => length)).toEqual([10, ...Array.from({ length: 10 }, () => 1)])
    totals.batches.length = 0
    const later = await happen(2)
    await drain()
    expect(totals.heard().sort()).toEqual(later.sort())
    totals.batches.length = 0
    platform.passSeconds(1)
    await drain()
    expect(totals.batches).toEqual([[bad]])
    totals.bad.clear()
    platform.passSeconds(2)
    await drain()
    platform.passSeconds(24 * 3600)
    await drain()
    expect(totals.batches).toEqual([[bad], [bad]])
  })

  it('and have failed together, are given again together', async () => {
    const subjectIds = await happen(5)
    totals.bad = new Set(subjectIds)
    await drain()
    totals.bad.clear()
    totals.batches.length = 0
    platform.passSeconds(1)
    await drain()
    expect(totals.batches.map((batch) => batch.sort())).toEqual([subjectIds.sort()])
  })

  it('come to one listener while another one hangs', async () => {
    let goOn: () => void = () => undefined
    totals.meanwhile = () => new Promise((resolve) => (goOn = resolve))
    await happen(3)
    const first = relay.drain()
    while (totals.batches.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await happen(4)
    await drain()
    expect(reminder.heard).toBe(7)
    expect(totals.batches).toHaveLength(1)
    goOn()
    await first
  })

  it('are given once each by two that drain at once, and never two batches to one listener at the same time', async () => {
    let inside = 0
    let most = 0
    totals.meanwhile = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    const recorded: string[] = []
    const record = async () => {
      for (let round = 0; round < 10; round++) recorded.push(...(await happen(30)))
    }
    let done = false
    const keepDraining = async () => {
      while (!done) await relay.drain()
    }
    const draining = [keepDraining(), keepDraining(), keepDraining()]
    await Promise.all([record(), record()])
    done = true
    await Promise.all(draining)
    await drain()
    expect(most).toBe(1)
    expect(totals.heard().sort()).toEqual(recorded.sort())
  })
})
