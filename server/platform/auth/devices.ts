import { Injectable } from '@nestjs/common'
import { IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm'
import type { Device, DeviceList } from '../../contracts/platform/device.js'
import type { Actor } from '../access/actor.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isId } from '../database/ids.js'
import { NotFound } from '../http/errors.js'
import { presentDevice } from './device.presenter.js'
import { SessionRecord } from './session.entity.js'
import { TokenCache } from './token-cache.js'

const MOST_SIGNED_IN = 50
const MOST_ENDED = 20
/** Ms for which the list shows that a device was signed out, and why. */
const ENDED_SHOWN_MS = 30 * 86_400_000

/** The devices on which an account is signed in. An account sees only its own sessions. */
@Injectable()
export class Devices {
  constructor(
    private readonly database: Database,
    private readonly cache: TokenCache,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list({ accountId, sessionId }: Actor): Promise<DeviceList> {
    const now = this.clock.now()
    const since = new Date(now.getTime() - ENDED_SHOWN_MS)
    const sessions = this.database.repository(SessionRecord)
    const own = await sessions.findBy({ id: sessionId, accountId })
    const others = await sessions.find({
      where: { accountId, endedAt: IsNull(), expiresAt: MoreThan(now), id: Not(sessionId) },
      order: { startedAt: 'DESC', id: 'DESC' },
      take: MOST_SIGNED_IN - own.length,
    })
    const over = await sessions.find({
      where: [
        { accountId, endedAt: MoreThan(since), id: Not(sessionId) },
        { accountId, endedAt: IsNull(), expiresAt: LessThanOrEqual(now), startedAt: MoreThan(since) },
      ],
      order: { startedAt: 'DESC', id: 'DESC' },
      take: MOST_ENDED,
    })
    const present = (session: SessionRecord) =>
      presentDevice(session, { isThis: session.id === sessionId, now })
    return {
      items: [
        ...own.map(present),
        ...newestFirst(others.map(present), ({ lastUsedAt }) => lastUsedAt),
        ...newestFirst(over.map(present), ({ endedAt }) => endedAt ?? ''),
      ],
    }
  }

  /**
   * Signs out one device of the actor. Nothing changes when it is signed out already.
   * @throws NotFound when the actor has no session with this id
   */
  async end(actor: Actor, id: string): Promise<void> {
    const { accountId, sessionId } = actor
    const sessions = this.database.repository(SessionRecord)
    if (!isId(id) || !(await sessions.existsBy({ id, accountId }))) throw new NotFound()
    const now = this.clock.now()
    await this.database.transaction(async () => {
      const isFirst = await this.database.compareAndSet(
        `UPDATE session SET endedAt = ?, endedBecause = ?
         WHERE id = ? AND accountId = ? AND endedAt IS NULL AND expiresAt > ?`,
        [now, id === sessionId ? 'signed-out' : 'from-another-device', id, accountId, now],
      )
      if (isFirst) await this.record(accountId, id, 1)
    })
    this.cache.forget(accountId)
  }

  /** Signs out every other device. The device that asks stays signed in, so its owner need not sign in again. */
  async endOthers({ accountId, sessionId }: Actor): Promise<void> {
    const now = this.clock.now()
    await this.database.transaction(async () => {
      const count = await this.database.execute(
        `UPDATE session SET endedAt = ?, endedBecause = 'from-another-device'
         WHERE accountId = ? AND id <> ? AND endedAt IS NULL AND expiresAt > ?`,
        [now, accountId, sessionId, now],
      )
      if (count > 0) await this.record(accountId, accountId, count)
    })
    this.cache.forget(accountId)
  }

  private record(actorId: string, subjectId: string, count: number): Promise<void> {
    return this.audit.record('account.devices-signed-out', {
      actorId,
      unitId: null,
      subjectId,
      data: { count },
    })
  }
}

const newestFirst = (devices: Device[], at: (device: Device) => string): Device[] =>
  devices.sort((one, other) => at(other).localeCompare(at(one)))
