import { Injectable } from '@nestjs/common'
import { In, MoreThan } from 'typeorm'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { phoneIndexOf } from './member-index.js'
import { MemberPhoneEntry } from './member-phone-entry.entity.js'
import { MemberRecord } from './member.entity.js'

/** Who entered a number, and who agreed to it. */
export type PhoneAuthor = Pick<MemberPhoneEntry, 'enteredBy' | 'enteredByMemberId' | 'approvedBy'>

/** Telephone numbers of members, and who entered them. */
@Injectable()
export class MemberPhones {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Writes a member's number. Whether a second person has to agree is decided above. */
  async set(
    { id, unitId }: Pick<MemberRecord, 'id' | 'unitId'>,
    phone: string,
    author: PhoneAuthor,
  ): Promise<void> {
    const now = this.clock.now()
    await this.database.transaction(async () => {
      await this.database
        .repository(MemberRecord)
        .update(id, { phone, phoneIndex: phoneIndexOf(phone), updatedAt: now })
      await this.database
        .repository(MemberPhoneEntry)
        .insert({ id: newId(), memberId: id, ...author, enteredAt: now })
      await this.audit.record('member.phone-changed', {
        actorId: author.approvedBy ?? author.enteredBy,
        unitId,
        subjectId: id,
        data: { enteredBy: author.enteredBy },
      })
    })
  }

  /** Who entered the numbers of this member since then, the latest first. */
  entriesSince(memberId: string, since: Date): Promise<MemberPhoneEntry[]> {
    return this.database
      .repository(MemberPhoneEntry)
      .find({ where: { memberId, enteredAt: MoreThan(since) }, order: { enteredAt: 'DESC', id: 'DESC' } })
  }

  async ofMembers(
    ids: readonly string[],
  ): Promise<Map<string, Pick<MemberRecord, 'name' | 'unitId' | 'phone'>>> {
    const found = await this.database
      .repository(MemberRecord)
      .find({ select: { id: true, name: true, unitId: true, phone: true }, where: { id: In([...ids]) } })
    return new Map(found.map((member) => [member.id, member]))
  }
}
