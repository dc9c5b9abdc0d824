import { Body, Controller, Get, Put } from '@nestjs/common'
import { ChoosePin, PinState } from '../../contracts/platform/pin.js'
import { AboutOneself } from '../access/about.decorator.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { Pins } from './pins.js'

@Requires('account.use')
@Controller('api/v1/me/pin')
export class PinController {
  constructor(private readonly pins: Pins) {}

  @Get()
  state(@CurrentActor() actor: Actor): Promise<PinState> {
    return this.pins.stateOf(actor)
  }

  @AboutOneself()
  @Put()
  choose(@CurrentActor() actor: Actor, @Body() body: ChoosePin): Promise<PinState> {
    return this.pins.choose(actor, body)
  }
}
