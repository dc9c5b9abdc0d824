import { Injectable, type OnModuleInit } from '@nestjs/common'
import type {
  AcknowledgeDisclosures,
  DisclosureAlertItem,
  DisclosureAlertList,
  DisclosedMemberPage,
} from '../../../contracts/organization/disclosure-alert.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ConcernedPersons } from '../../../platform/access/concerned-persons.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { maskPhone } from '../../../platform/crypto/masking.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { DisclosureAlert } from './disclosure-alert.entity.js'
import { DisclosureAlertQueries, type AlertRow } from './disclosure-alert.queries.js'
import { HOUR_MS, hourKeyOf, QUIET_DISCLOSURES } from './disclosure-alert.rules.js'
import type { MemberRecord } from './member.entity.js'
import { Persons } from './persons.js'

/** Notices that somebody reads the numbers of unusually many members, and lets the unit above look at it. */
@Injectable()
export class DisclosureAlerts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly queries: DisclosureAlertQueries,
    private readonly concerned: ConcernedPersons,
    private readonly persons: Persons,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.concerned.register('disclosure-alert', async (id) => {
      const alert = await this.database.repository(DisclosureAlert).findOneBy({ id })
      return alert ? [{ accountId: alert.readerId, memberId: alert.readerMemberId }] : []
    })
  }

  /** Call it after a reading was stored, in the same transaction. */
  async notice(actor: Actor, member: Pick<MemberRecord, 'unitId'>, readerName: string): Promise<void> {
    const now = this.clock.now()
    const since = new Date(now.getTime() - HOUR_MS)
    const { count, firstAt } = await this.queries.readingsSince(actor.accountId, since)
    if (count <= QUIET_DISCLOSURES) return
    const hourKey = hourKeyOf(now)
    const extended = await this.database.execute(
      'UPDATE disclosure_alert SET lastAt = ? WHERE readerId = ? AND hourKey = ?',
      [now, actor.accountId, hourKey],
    )
    if (extended > 0) return
    const id = newId()
    const unitId = await this.reviewingUnit(actor, member.unitId)
    await this.database.repository(DisclosureAlert).insert({
      ...{ id, unitId, readerId: actor.accountId, readerMemberId: actor.membership?.memberId ?? null },
      ...{ readerName, hourKey, fromAt: firstAt ?? now, lastAt: now },
      ...{ acknowledgedBy: null, acknowledgerName: null, acknowledgedAt: null, remark: null },
    })
    await this.audit.record('member.disclosures-many', {
      actorId: actor.accountId,
      unitId,
      subjectId: id,
      data: { count },
    })
  }

  /** Those that nobody has looked at yet, newest first. */
  async list(actor: Actor): Promise<DisclosureAlertList> {
    const scope = this.access.scope(actor, 'disclosure.review')
    return { items: (await this.queries.open(scope, actor)).map(present) }
  }

  countOpen(actor: Actor): Promise<number> {
    return this.queries.countOpen(this.access.scope(actor, 'disclosure.review'), actor)
  }

  /** Whose numbers were read, newest reading first. @throws NotFound also for the reader */
  async members(actor: Actor, id: string, query: PageQuery): Promise<DisclosedMemberPage> {
    const limit = limitOf(query)
    const before = decodeCursor(query.cursor, [cursorPart.id])?.[0] ?? '~'
    const alert = await this.access.load(actor, 'disclosure.review', DisclosureAlert, id)
    if (alert.readerId === actor.accountId) throw new NotFound()
    const rows = await this.queries.readings(alert, before, limit + 1)
    return pageOf(
      rows,
      limit,
      (row) => [row.id],
      ({ memberName, unitName, phone, reason, at }) => ({
        memberName,
        unitName,
        phone: phone && maskPhone(phone),
        reason,
        at: at.toISOString(),
      }),
    )
  }

  /** @throws Conflict when somebody else has looked at it; the route refuses the reader */
  async acknowledge(
    actor: Actor,
    id: string,
    { remark }: AcknowledgeDisclosures,
  ): Promise<DisclosureAlertList> {
    const { unitId } = await this.access.load(actor, 'disclosure.review', DisclosureAlert, id)
    const acknowledgerName = await this.persons.nameOf(actor)
    await this.database.transaction(async () => {
      const isFirst = await this.database.compareAndSet(
        `UPDATE disclosure_alert SET acknowledgedBy = ?, acknowledgerName = ?, acknowledgedAt = ?, remark = ?
         WHERE id = ? AND acknowledgedAt IS NULL`,
        [actor.accountId, acknowledgerName, this.clock.now(), remark, id],
      )
      if (!isFirst) throw new Conflict('disclosure.acknowledged', '别人已经处理过这一条了，请刷新后再看。')
      await this.audit.record('member.disclosures-acknowledged', {
        actorId: actor.accountId,
        unitId,
        subjectId: id,
      })
    })
    return this.list(actor)
  }

  /** The unit above the one by whose role the actor reads; that one itself when nothing is above it. */
  private async reviewingUnit(actor: Actor, memberUnitId: string): Promise<string> {
    const { path } = await this.access.node(memberUnitId)
    const [widest] = this.access
      .scope(actor, 'member.disclose')
      .ranges.map(({ from }) => from)
      .filter((from) => path.startsWith(from))
      .sort((one, other) => one.length - other.length)
    const ids = (widest ?? path).split('/').filter((id) => id !== '')
    return ids.at(-2) ?? ids.at(-1) ?? memberUnitId
  }
}

const present = ({ id, readerName, count, fromAt, lastAt }: AlertRow): DisclosureAlertItem => ({
  id,
  readerName,
  count,
  fromAt: fromAt.toISOString(),
  lastAt: lastAt.toISOString(),
})
