import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import { AskForArt23, OwnArt23 } from '../../../contracts/organization/exemption.js'
import {
  DiscloseMember,
  DisclosureRecordPage,
  MemberDisclosure,
} from '../../../contracts/organization/member.js'
import {
  MemberFactList,
  RecordMemberFact,
  WithdrawMemberFact,
} from '../../../contracts/organization/member-fact.js'
import { PageQuery } from '../../../contracts/platform/paging.js'
import { Approval } from '../../../contracts/platform/approval.js'
import { AboutNobody, AboutOneself, AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { Art23Requests } from './art-23-requests.service.js'
import { Disclosures } from './disclosures.service.js'
import { MemberRecords } from './member-records.service.js'
import { DISCLOSURE } from './members.budgets.js'

@Controller('api/v1')
export class MembersController {
  constructor(
    private readonly disclosures: Disclosures,
    private readonly records: MemberRecords,
    private readonly art23: Art23Requests,
  ) {}

  /** Takes no `Idempotency-Key`: a stored answer would show full numbers again without a record. */
  @Requires('member.disclose')
  @AboutNobody('a reading, which is recorded, decides nothing')
  @Limited(DISCLOSURE)
  @Post('members/:id/disclosures')
  disclose(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: DiscloseMember,
  ): Promise<MemberDisclosure> {
    return this.disclosures.disclose(actor, id, body)
  }

  @Requires('member.read')
  @Get('members/:id/facts')
  facts(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<MemberFactList> {
    return this.records.list(actor, id)
  }

  /** Asks the wider unit in which the member holds a role to record it. */
  @Requires('member.record')
  @AboutPerson({ what: '变动登记', param: 'id' })
  @Post('members/:id/fact-requests')
  @Idempotent()
  ask(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: RecordMemberFact,
  ): Promise<Approval> {
    return this.records.ask(actor, id, body)
  }

  @Requires('member.record')
  @AboutPerson({ what: '变动登记', param: 'id' })
  @Post('members/:id/facts')
  @Idempotent()
  record(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: RecordMemberFact,
  ): Promise<MemberFactList> {
    return this.records.record(actor, id, body)
  }

  @Requires('member.record')
  @AboutPerson({ what: '变动登记', param: 'id' })
  @Post('members/:id/facts/:factId/withdrawal')
  @Idempotent()
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('factId') factId: string,
    @Body() body: WithdrawMemberFact,
  ): Promise<MemberFactList> {
    return this.records.withdraw(actor, id, factId, body)
  }

  @Requires('branch.view')
  @Get('me/art-23')
  art23OfMine(@CurrentActor() actor: Actor): Promise<OwnArt23> {
    return this.art23.ofMine(actor)
  }

  @Requires('branch.view')
  @AboutOneself()
  @Post('me/art-23/requests')
  @Idempotent()
  askForArt23(@CurrentActor() actor: Actor, @Body() body: AskForArt23): Promise<OwnArt23> {
    return this.art23.ask(actor, body)
  }

  @Requires('branch.view')
  @Get('me/disclosures')
  disclosuresOfMine(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<DisclosureRecordPage> {
    return this.disclosures.ofMine(actor, query)
  }
}
