import { Body, Controller, Get, Param, Put } from '@nestjs/common'
import { ChangeDuesPolicy, DuesPolicy } from '../../../contracts/organization/dues-policy.js'
import { AboutNobody } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { DuesPolicies } from './dues-policies.service.js'

@Controller('api/v1/units/:id/dues-policy')
export class DuesPoliciesController {
  constructor(private readonly policies: DuesPolicies) {}

  @Requires('unit.read')
  @Get()
  find(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<DuesPolicy> {
    return this.policies.find(actor, id)
  }

  @Requires('unit.manage')
  @AboutNobody('a rule for everybody in the unit')
  @Put()
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ChangeDuesPolicy,
  ): Promise<DuesPolicy> {
    return this.policies.change(actor, id, body)
  }
}
