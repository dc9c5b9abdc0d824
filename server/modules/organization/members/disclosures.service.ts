import { Injectable } from '@nestjs/common'
import type {
  DiscloseMember,
  DisclosureRecordPage,
  MemberDisclosure,
} from '../../../contracts/organization/member.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { DisclosureAlerts } from './disclosure-alerts.js'
import { Disclosure } from './disclosure.entity.js'
import { presentDisclosure } from './disclosure.presenter.js'
import { MemberDirectory } from './member-directory.js'
import { Persons } from './persons.js'

/** Full numbers are returned only with a reason, and the member can see who read them. */
@Injectable()
export class Disclosures {
  constructor(
    private readonly database: Database,
    private readonly directory: MemberDirectory,
    private readonly persons: Persons,
    private readonly alerts: DisclosureAlerts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Records who reads the full numbers and why, before it returns them. */
  async disclose(actor: Actor, id: string, { reason }: DiscloseMember): Promise<MemberDisclosure> {
    const member = await this.directory.load(actor, 'member.disclose', id)
    const readerName = await this.persons.nameOf(actor)
    await this.database.transaction(async () => {
      await this.database.repository(Disclosure).insert({
        id: newId(),
        memberId: id,
        readerId: actor.accountId,
        readerName,
        reason,
        at: this.clock.now(),
      })
      await this.audit.record('member.disclosed', {
        actorId: actor.accountId,
        unitId: member.unitId,
        subjectId: id,
      })
      await this.alerts.notice(actor, member, readerName)
    })
    const { idNumber, phone, address } = member
    return { idNumber, phone, address }
  }

  /** Who read my full numbers, newest first. */
  async ofMine(actor: Actor, query: PageQuery): Promise<DisclosureRecordPage> {
    if (!actor.membership) throw new NotFound()
    const limit = limitOf(query)
    const before = decodeCursor(query.cursor, [cursorPart.id])?.[0] ?? '~'
    const rows = await this.database
      .repository(Disclosure)
      .createQueryBuilder('d')
      .where('d.memberId = :memberId AND d.id < :before', { memberId: actor.membership.memberId, before })
      .orderBy('d.id', 'DESC')
      .take(limit + 1)
      .getMany()
    return pageOf(rows, limit, ({ id }) => [id], presentDisclosure)
  }
}
