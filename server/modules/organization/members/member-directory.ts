import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type { DuesClass } from '../../../contracts/organization/dues.js'
import { ROSTER_STANDINGS } from '../../../contracts/organization/member-fact.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import type { ScopedPermission } from '../../../platform/access/permissions.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { NotFound } from '../../../platform/http/errors.js'
import { idNumberIndexOf, phoneIndexOf } from './member-index.js'
import { MemberRecord } from './member.entity.js'

/** Members as other rooms read and change them. */
@Injectable()
export class MemberDirectory {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound when there is no such member or the actor does not hold the permission over their unit */
  load(actor: Actor, permission: ScopedPermission, id: string): Promise<MemberRecord> {
    return this.access.load(actor, permission, MemberRecord, id)
  }

  /** Without a permission check. @throws NotFound */
  async get(id: string): Promise<MemberRecord> {
    const member = await this.database.repository(MemberRecord).findOneBy({ id })
    if (!member) throw new NotFound()
    return member
  }

  /** Everybody on the roster with this telephone, which couples may share. */
  withPhone(phone: string): Promise<MemberRecord[]> {
    return this.database
      .repository(MemberRecord)
      .findBy({ phoneIndex: phoneIndexOf(phone), standing: In([...ROSTER_STANDINGS]) })
  }

  /** The members with these ID numbers; pass a few hundred at most. */
  withIdNumbers(idNumbers: readonly string[]): Promise<MemberRecord[]> {
    return this.database
      .repository(MemberRecord)
      .findBy({ idNumberIndex: In(idNumbers.map(idNumberIndexOf)) })
  }

  async namesOf(ids: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(ids)]
    if (wanted.length === 0) return new Map()
    const members = await this.database
      .repository(MemberRecord)
      .find({ select: { id: true, name: true }, where: { id: In(wanted) } })
    return new Map(members.map(({ id, name }) => [id, name]))
  }

  /** Locks these members until the transaction ends, so that they do not change between comparison and update. */
  async lockByIdNumber(idNumbers: readonly string[]): Promise<void> {
    const members = await this.withIdNumbers(idNumbers)
    await this.database.lock(
      MemberRecord,
      members.map(({ id }) => id),
    )
  }

  async add(members: MemberRecord[]): Promise<void> {
    if (members.length > 0) await this.database.repository(MemberRecord).insert(members)
  }

  async change(id: string, changes: Partial<MemberRecord>): Promise<void> {
    await this.database.repository(MemberRecord).update(id, { ...changes, updatedAt: this.clock.now() })
  }

  /** Until the transaction ends, nobody else records about these members. */
  lock(ids: readonly string[]): Promise<void> {
    return this.database.lock(MemberRecord, ids)
  }

  /** The class by which dues are paid unless an assessment says otherwise. */
  async setDuesClass(id: string, duesClass: DuesClass): Promise<void> {
    await this.database.repository(MemberRecord).update(id, { duesClass })
  }
}
