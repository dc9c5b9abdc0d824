import { Body, Controller, Param, Post } from '@nestjs/common'
import { ChangePhone, PhoneChange } from '../../../contracts/organization/phone-change.js'
import { AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { PhoneChanges } from './phone-changes.service.js'

@Controller('api/v1/members')
export class PhoneChangesController {
  constructor(private readonly changes: PhoneChanges) {}

  @Requires('member.phone')
  @AboutPerson({ param: 'id', what: '手机号' })
  @Post(':id/phone-changes')
  @Idempotent()
  change(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Body() body: ChangePhone,
  ): Promise<PhoneChange> {
    return this.changes.change(actor, id, body)
  }
}
