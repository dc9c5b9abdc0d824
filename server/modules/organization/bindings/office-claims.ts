import { Injectable } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import { Conflict } from '../../../platform/http/errors.js'
import { RoleHoldings } from '../roles/index.js'
import { Offices } from '../units/index.js'

/**
 * Whoever was named for an office takes it with the telephone number that WeChat vouches for. The branch is not asked:
 * two people have decided about the person and the number already.
 */
@Injectable()
export class OfficeClaims {
  constructor(
    private readonly offices: Offices,
    private readonly holdings: RoleHoldings,
  ) {}

  /** @returns titles of the offices that were taken; none when no office waits for this number */
  async take(actor: Actor, phone: string): Promise<string[]> {
    const offices = await this.offices.vacantWithPhone(phone)
    for (const { id, unitId } of offices) {
      if (await this.holdings.takeOffice(id, unitId, actor.accountId)) continue
      throw new Conflict(
        'office.taken',
        '这个岗位刚刚由另一个微信号登录了。如果不是您本人，请马上联系上级党组织。',
      )
    }
    return offices.map(({ title }) => title)
  }
}
