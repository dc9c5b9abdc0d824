import { Controller, HttpCode, Param, Post } from '@nestjs/common'
import { AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { EmptyAnswer } from '../../../platform/http/file-answer.decorator.js'
import { PinRecoveries } from './pin-recoveries.js'

@Controller('api/v1/roles')
export class PinRecoveriesController {
  constructor(private readonly recoveries: PinRecoveries) {}

  /** Takes the forgotten PIN of whoever holds this role away; they set a new one. */
  @Requires('role.manage')
  @AboutPerson({ param: 'id', through: 'grant', what: '操作密码' })
  @Post(':id/pin-clearing')
  @HttpCode(204)
  @EmptyAnswer()
  clear(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<void> {
    return this.recoveries.clear(actor, id)
  }
}
