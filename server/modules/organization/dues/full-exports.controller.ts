import { Body, Controller, Get, Post } from '@nestjs/common'
import { AskForExport, ReadyExportList } from '../../../contracts/organization/dues-export.js'
import { Approval } from '../../../contracts/platform/approval.js'
import { AboutNobody } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { AsksPin } from '../../../platform/pin/asks-pin.decorator.js'
import { FullExports } from './full-exports.service.js'

@Requires('dues.export')
@Controller('api/v1/dues-exports')
export class FullExportsController {
  constructor(private readonly exports: FullExports) {}

  /** What may be downloaded now. */
  @Get()
  ready(@CurrentActor() actor: Actor): Promise<ReadyExportList> {
    return this.exports.ready(actor)
  }

  /** Asks for a ledger with more than 50 people; another person decides. */
  @AboutNobody('a file about many')
  @AsksPin()
  @Post()
  @Idempotent()
  ask(@CurrentActor() actor: Actor, @Body() body: AskForExport): Promise<Approval> {
    return this.exports.ask(actor, body)
  }
}
