import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import {
  Approval,
  ApprovalPage,
  ApprovalRequestPage,
  RefuseApproval,
} from '../../contracts/platform/approval.js'
import { PageQuery } from '../../contracts/platform/paging.js'
import { AboutOneself, AboutPerson } from '../access/about.decorator.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { Idempotent } from '../idempotency/idempotent.decorator.js'
import { AsksPin } from '../pin/asks-pin.decorator.js'
import { ApprovalDecisions } from './approval-decisions.js'
import { ApprovalPin } from './approval-pin.guard.js'
import { ApprovalViews } from './approval-views.js'

/** At the door it is asked whether somebody decides anything at all; which requests, follows from their kind and unit. */
@Controller('api/v1')
export class ApprovalsController {
  constructor(
    private readonly decisions: ApprovalDecisions,
    private readonly views: ApprovalViews,
  ) {}

  /** What waits for the reader's decision. */
  @Requires('approval.decide')
  @Get('approvals')
  waiting(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<ApprovalPage> {
    return this.views.waiting(actor, query)
  }

  /** What the reader asked for, and what is about the reader. */
  @Requires('account.use')
  @Get('me/approvals')
  mine(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<ApprovalPage> {
    return this.views.mine(actor, query)
  }

  @Requires('account.use')
  @Get('approvals/:id')
  find(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Approval> {
    return this.views.find(actor, id)
  }

  /** The requests of a list that is decided together. */
  @Requires('account.use')
  @Get('approvals/:id/requests')
  requests(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<ApprovalRequestPage> {
    return this.views.requests(actor, id, query)
  }

  @Requires('approval.decide')
  @AboutPerson({ param: 'id', through: 'approval', what: '申请' })
  @AsksPin(ApprovalPin)
  @Post('approvals/:id/approval')
  @Idempotent()
  async approve(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Approval> {
    await this.decisions.decide(actor, id, 'approve', null)
    return this.views.find(actor, id)
  }

  @Requires('approval.decide')
  @AboutPerson({ param: 'id', through: 'approval', what: '申请' })
  @Post('approvals/:id/refusal')
  @Idempotent()
  async refuse(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { opinion }: RefuseApproval,
  ): Promise<Approval> {
    await this.decisions.decide(actor, id, 'refuse', opinion)
    return this.views.find(actor, id)
  }

  /** The person concerned refuses what is asked about them. */
  @Requires('account.use')
  @AboutOneself()
  @Post('approvals/:id/objection')
  @Idempotent()
  async object(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { opinion }: RefuseApproval,
  ): Promise<Approval> {
    await this.decisions.object(actor, id, opinion)
    return this.views.find(actor, id)
  }

  @Requires('account.use')
  @AboutOneself()
  @Post('approvals/:id/withdrawal')
  @Idempotent()
  async withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Approval> {
    await this.decisions.withdraw(actor, id)
    return this.views.find(actor, id)
  }
}
