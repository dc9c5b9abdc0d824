import { Injectable } from '@nestjs/common'
import { Audit } from '../../../server/platform/audit/audit.js'
import { EventDelivery } from '../../../server/platform/audit/event-delivery.entity.js'
import { EventListener } from '../../../server/platform/audit/event-listener.entity.js'
import type { CommittedEvent } from '../../../server/platform/audit/event-map.js'
import { EventRecord } from '../../../server/platform/audit/event.entity.js'
import { On } from '../../../server/platform/audit/on.decorator.js'
import { OutboxRelay } from '../../../server/platform/audit/outbox-relay.js'
import { newId } from '../../../server/platform/database/ids.js'
import { PlatformFixture } from '../database/platform-fixture.js'

@Injectable()
class Bookkeeper {
  readonly heard: Array<Pick<CommittedEvent<'test.happened'>, 'name' | 'subjectId' | 'data'>> = []

  @On('test.happened')
  note(events: Array<CommittedEvent<'test.happened'>>): Promise<void> {
    this.heard.push(...events.map(({ name, subjectId, data }) => ({ name, subjectId, data })))
    return Promise.resolve()
  }
}

@Injectable()
class Messenger {
  calls = 0
  failures = 0
  meanwhile: () => Promise<void> = () => Promise.resolve()

  @On('test.happened')
  async send(): Promise<void> {
    this.calls += 1
    await this.meanwhile()
    if (this.failures > 0) {
      this.failures -= 1
      throw new Error('nobody at home')
    }
  }
}

describe('A committed event', () => {
  let platform: PlatformFixture
  let relay: OutboxRelay
  let bookkeeper: Bookkeeper
  let messenger: Messenger

  beforeAll(async () => {
    platform = await PlatformFixture.open([Bookkeeper, Messenger])
    relay = platform.get(OutboxRelay)
    bookkeeper = platform.get(Bookkeeper)
    messenger = platform.get(Messenger)
  })
  beforeEach(async () => {
    await platform.database.repository(EventDelivery).clear()
    await platform.database.repository(EventRecord).clear()
    bookkeeper.heard.length = 0
    Object.assign(messenger, { calls: 0, failures: 0, meanwhile: () => Promise.resolve() })
  })
  afterAll(() => platform.close())

  const happen = (name: 'test.happened' | 'test.unheard' = 'test.happened', subjectId = newId()) =>
    platform.get(Audit).record(name, { actorId: null, unitId: null, subjectId, data: { amountFen: 20 } })
  const drain = async () => {
    while ((await relay.drain()) > 0) {
      // until nothing is due
    }
  }

  it('reaches everybody who listens, with what it says, and is done', async () => {
    const subjectId = newId()
    await happen('test.happened', subjectId)
    await drain()
    expect(bookkeeper.heard).toEqual([{ name: 'test.happened', subjectId, data: { amountFen: 20 } }])
    expect(messenger.calls).toBe(1)
    await drain()
    expect(messenger.calls).toBe(1)
  })

  it('is kept although nobody listens, and is no work for the relay', async () => {
    await happen('test.unheard')
    expect(await relay.drain()).toBe(0)
    expect(await platform.database.repository(EventRecord).countBy({ name: 'test.unheard' })).toBe(1)
  })

  it('of a transaction that fails never happened', async () => {
    const work = platform.database.transaction(async () => {
      await happen()
      throw new Error('taken back')
    })
    await expect(work).rejects.toThrow('taken back')
    await drain()
    expect(bookkeeper.heard).toEqual([])
    expect(await platform.database.repository(EventRecord).count()).toBe(0)
  })

  it('is brought again, after waits that double, to a listener that failed, while the others have long been told', async () => {
    messenger.failures = 4
    await happen()
    const waits: number[] = []
    for (let failure = 1; failure <= 4; failure++) {
      await drain()
      expect(messenger.calls).toBe(failure)
      const waiting = await platform.database
        .repository(EventDelivery)
        .findOneByOrFail({ listener: 'Messenger.send' })
      const seconds = (waiting.nextAttemptAt.getTime() - platform.now.getTime()) / 1000
      waits.push(seconds)
      platform.passSeconds(seconds)
    }
    expect(waits).toEqual([1, 2, 4, 8])
    await drain()
    expect(messenger.calls).toBe(5)
    expect(bookkeeper.heard).toHaveLength(1)
    platform.passSeconds(24 * 3600)
    expect(await relay.drain()).toBe(0)
  })

  it('that keeps failing is tried at least once an hour', async () => {
    messenger.failures = Infinity
    await happen()
    for (let attempt = 0; attempt < 20; attempt++) {
      await drain()
      platform.passSeconds(3600)
    }
    expect(messenger.calls).toBe(20)
  })

  it('is handled by one of two who look at the same moment', async () => {
    await happen()
    await Promise.all([relay.drain(), relay.drain()])
    await drain()
    expect([bookkeeper.heard.length, messenger.calls]).toEqual([1, 1])
  })

  it('whose handler died with its process is brought again a minute later', async () => {
    let die: () => void = () => undefined
    const died = new Promise<void>((resolve) => (die = resolve))
    messenger.meanwhile = () => died
    await happen()
    const first = relay.drain()
    while (messenger.calls === 0) await new Promise((resolve) => setImmediate(resolve))
    messenger.meanwhile = () => Promise.resolve()
    platform.passSeconds(59)
    await drain()
    expect(messenger.calls).toBe(1)
    platform.passSeconds(1)
    await drain()
    expect(messenger.calls).toBe(2)
    die()
    await first
    expect(await relay.drain()).toBe(0)
  })

  it('that waits shows as lag, and no longer once it is handled', async () => {
    expect(await relay.lagSeconds()).toBe(0)
    messenger.failures = 1
    await happen()
    await drain()
    platform.passSeconds(90)
    expect(await relay.lagSeconds()).toBe(90)
    await drain()
    expect(await relay.lagSeconds()).toBe(0)
  })

  it('for a listener that a later version no longer has is put aside', async () => {
    await drain()
    messenger.failures = 1
    await happen()
    await drain()
    await platform.database
      .repository(EventDelivery)
      .update({ listener: 'Messenger.send' }, { listener: 'Telegraph.send' })
    await platform.database.repository(EventListener).insert({
      name: 'Telegraph.send',
      position: 0,
      leaseId: null,
      heldUntil: platform.now,
      caughtUpAt: platform.now,
    })
    platform.passSeconds(90)
    expect(await relay.drain()).toBe(0)
    expect(messenger.calls).toBe(1)
    expect(await relay.lagSeconds()).toBe(0)
  })
})
