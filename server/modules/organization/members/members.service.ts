import { Injectable } from '@nestjs/common'
import type {
  DiscloseMember,
  DisclosureRecordPage,
  ListMembers,
  Member,
  MemberDisclosure,
  MemberPage,
} from '../../../contracts/organization/member.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { CurrentDues } from '../dues/current-dues.queries.js'
import { UnitRecord } from '../units/unit.entity.js'
import { Disclosure } from './disclosure.entity.js'
import { MemberRecord } from './member.entity.js'
import { presentMember } from './member.presenter.js'
import { MemberQueries } from './members.queries.js'

@Injectable()
export class Members {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly queries: MemberQueries,
    private readonly dues: CurrentDues,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor, query: ListMembers): Promise<MemberPage> {
    const scope = await this.access.scopeWithin(actor, 'member.read', query.unitId)
    const limit = limitOf(query)
    const after = decodeCursor(query.cursor, [cursorPart.text, cursorPart.id])
    const rows = await this.queries.list(
      scope,
      {
        namePart: query.q?.trim(),
        ...(query.assessment === 'missing' ? { unassessedIn: this.clock.month() } : {}),
      },
      after,
      limit + 1,
    )
    return pageOf(
      rows,
      limit,
      ({ name, id }) => [name, id],
      (row) => row,
    )
  }

  async find(actor: Actor, id: string): Promise<Member> {
    const member = await this.within(actor, 'member.read', id)
    const [unit, node, monthlyFen, bound] = await Promise.all([
      this.database.repository(UnitRecord).findOneByOrFail({ id: member.unitId }),
      this.access.node(member.unitId),
      this.dues.monthlyFen(id, this.clock.month()),
      this.queries.isBound(id),
    ])
    return presentMember(member, {
      unitName: unit.name,
      monthlyFen,
      bound,
      can: {
        disclose: this.access.mayAt(actor, 'member.disclose', node.path),
        assess: this.access.mayAt(actor, 'dues.assess', node.path),
      },
    })
  }

  /** Hands out the full numbers, and writes down who read them and why before it does. */
  async disclose(actor: Actor, id: string, { reason }: DiscloseMember): Promise<MemberDisclosure> {
    const member = await this.within(actor, 'member.disclose', id)
    const readerName = await this.queries.readerName(actor.accountId)
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
    })
    const { idNumber, phone, address } = member
    return { idNumber, phone, address }
  }

  /** Who read my full numbers, newest first. */
  async disclosuresOfMine(actor: Actor, query: PageQuery): Promise<DisclosureRecordPage> {
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
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      ({ id, at, readerName, reason }) => ({ id, at: at.toISOString(), readerName, reason }),
    )
  }

  private async within(
    actor: Actor,
    permission: 'member.read' | 'member.disclose',
    id: string,
  ): Promise<MemberRecord> {
    const member = await this.database.repository(MemberRecord).findOneBy({ id })
    if (!member) throw new NotFound()
    await this.access.authorize(actor, permission, member.unitId)
    return member
  }
}
