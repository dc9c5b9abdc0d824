import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import {
  AcknowledgeDisclosures,
  DisclosedMemberPage,
  DisclosureAlertList,
} from '../../../contracts/organization/disclosure-alert.js'
import { PageQuery } from '../../../contracts/platform/paging.js'
import { AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { DisclosureAlerts } from './disclosure-alerts.js'

@Requires('disclosure.review')
@Controller('api/v1/disclosure-alerts')
export class DisclosureAlertsController {
  constructor(private readonly alerts: DisclosureAlerts) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<DisclosureAlertList> {
    return this.alerts.list(actor)
  }

  @Get(':id/members')
  members(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<DisclosedMemberPage> {
    return this.alerts.members(actor, id, query)
  }

  @AboutPerson({ param: 'id', through: 'disclosure-alert', what: '查看记录' })
  @Post(':id/acknowledgement')
  @Idempotent()
  acknowledge(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: AcknowledgeDisclosures,
  ): Promise<DisclosureAlertList> {
    return this.alerts.acknowledge(actor, id, body)
  }
}
