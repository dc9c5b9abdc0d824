import { Body, Controller, Get, Post } from '@nestjs/common'
import { CreateUnit, Unit, UnitList } from '../../../contracts/organization/unit.js'
import { AboutNobody } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { Units } from './units.service.js'

@Controller('api/v1/units')
export class UnitsController {
  constructor(private readonly units: Units) {}

  @Requires('unit.read')
  @Get()
  list(@CurrentActor() actor: Actor): Promise<UnitList> {
    return this.units.list(actor)
  }

  @Requires('unit.manage')
  @AboutNobody()
  @Post()
  @Idempotent()
  create(@CurrentActor() actor: Actor, @Body() body: CreateUnit): Promise<Unit> {
    return this.units.create(actor, body)
  }
}
