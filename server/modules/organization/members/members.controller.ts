import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import {
  DiscloseMember,
  DisclosureRecordPage,
  MemberDisclosure,
} from '../../../contracts/organization/member.js'
import { PageQuery } from '../../../contracts/platform/paging.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { Disclosures } from './disclosures.service.js'
import { DISCLOSURE } from './members.budgets.js'

@Controller('api/v1')
export class MembersController {
  constructor(private readonly disclosures: Disclosures) {}

  /** Takes no `Idempotency-Key`: a stored answer would show full numbers again without a record. */
  @Requires('member.disclose')
  @Limited(DISCLOSURE)
  @Post('members/:id/disclosures')
  disclose(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: DiscloseMember,
  ): Promise<MemberDisclosure> {
    return this.disclosures.disclose(actor, id, body)
  }

  @Requires('branch.view')
  @Get('me/disclosures')
  disclosuresOfMine(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<DisclosureRecordPage> {
    return this.disclosures.ofMine(actor, query)
  }
}
