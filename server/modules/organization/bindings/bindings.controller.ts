import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import {
  Binding,
  BindingPage,
  ClaimAnswer,
  ClaimBinding,
  DecideBinding,
  ListBindings,
  NameBinding,
  OwnBinding,
} from '../../../contracts/organization/binding.js'
import { AboutOneself, AboutPerson } from '../../../platform/access/about.decorator.js'
import { Approval } from '../../../contracts/platform/approval.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { EmptyAnswer } from '../../../platform/http/file-answer.decorator.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { BINDING, BindingDecisions } from './binding-decisions.service.js'
import { NAME_GUESS, PHONE_NUMBER } from './bindings.budgets.js'
import { Bindings } from './bindings.service.js'

const OF_BINDING = { what: '绑定', param: 'id', through: BINDING }

@Controller('api/v1/bindings')
export class BindingsController {
  constructor(
    private readonly bindings: Bindings,
    private readonly decisions: BindingDecisions,
  ) {}

  @Requires('binding.claim')
  @AboutOneself()
  @Limited(PHONE_NUMBER)
  @Post()
  @Idempotent()
  claim(@CurrentActor() actor: Actor, @Body() body: ClaimBinding): Promise<ClaimAnswer> {
    return this.bindings.claim(actor, body)
  }

  @Requires('binding.claim')
  @AboutOneself()
  @Limited(NAME_GUESS)
  @Post(':id/name')
  @Idempotent()
  name(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: NameBinding,
  ): Promise<OwnBinding> {
    return this.bindings.name(actor, id, body)
  }

  @Requires('binding.claim')
  @AboutOneself()
  @Delete(':id')
  @HttpCode(204)
  @EmptyAnswer()
  withdraw(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.bindings.withdraw(actor, id)
  }

  @Requires('binding.decide')
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: ListBindings): Promise<BindingPage> {
    return this.decisions.list(actor, query)
  }

  @Requires('binding.decide')
  @AboutPerson(OF_BINDING)
  @Post(':id/confirmation')
  @Idempotent()
  confirm(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Binding> {
    return this.decisions.decide(actor, id, 'confirm', null)
  }

  @Requires('binding.decide')
  @AboutPerson(OF_BINDING)
  @Post(':id/rejection')
  @Idempotent()
  reject(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: DecideBinding,
  ): Promise<Binding> {
    return this.decisions.decide(actor, id, 'reject', reason)
  }

  @Requires('binding.decide')
  @AboutPerson(OF_BINDING)
  @Post(':id/undoing')
  @Idempotent()
  undo(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: DecideBinding,
  ): Promise<Binding> {
    return this.decisions.decide(actor, id, 'undo', reason)
  }

  /** Asks the wider unit in which the member holds a role to undo the binding. */
  @Requires('binding.decide')
  @AboutPerson(OF_BINDING)
  @Post(':id/undoing-requests')
  @Idempotent()
  askToUndo(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() { reason }: DecideBinding,
  ): Promise<Approval> {
    return this.decisions.askToUndo(actor, id, reason)
  }
}
