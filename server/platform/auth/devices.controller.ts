import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common'
import { DeviceList } from '../../contracts/platform/device.js'
import { AboutOneself } from '../access/about.decorator.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { EmptyAnswer } from '../http/file-answer.decorator.js'
import { Devices } from './devices.js'

@Requires('account.use')
@Controller('api/v1/me/devices')
export class DevicesController {
  constructor(private readonly devices: Devices) {}

  @Get()
  list(@CurrentActor() actor: Actor): Promise<DeviceList> {
    return this.devices.list(actor)
  }

  /** Signs out every device except the one that sends the request. */
  @AboutOneself()
  @Delete()
  @HttpCode(204)
  @EmptyAnswer()
  endOthers(@CurrentActor() actor: Actor): Promise<void> {
    return this.devices.endOthers(actor)
  }

  @AboutOneself()
  @Delete(':id')
  @HttpCode(204)
  @EmptyAnswer()
  end(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.devices.end(actor, id)
  }
}
