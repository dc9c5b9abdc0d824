import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import {
  AskForRole,
  EndRole,
  HeldRole,
  ListRoles,
  OwnRoles,
  RolePage,
} from '../../../contracts/organization/role.js'
import { Approval } from '../../../contracts/platform/approval.js'
import { AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { AsksPin } from '../../../platform/pin/asks-pin.decorator.js'
import { RolePages } from './role-pages.js'
import { Roles } from './roles.service.js'

@Controller('api/v1')
export class RolesController {
  constructor(
    private readonly roles: Roles,
    private readonly pages: RolePages,
  ) {}

  @Requires('role.manage')
  @Get('roles')
  list(@CurrentActor() actor: Actor, @Query() query: ListRoles): Promise<RolePage> {
    return this.pages.list(actor, query)
  }

  /** Asks for a role; another person decides. */
  @Requires('role.manage')
  @AboutPerson({ field: 'memberId', what: '工作角色' })
  @AsksPin()
  @Post('roles')
  @Idempotent()
  ask(@CurrentActor() actor: Actor, @Body() body: AskForRole): Promise<Approval> {
    return this.roles.ask(actor, body)
  }

  @Requires('role.manage')
  @AboutPerson({ param: 'id', through: 'grant', what: '工作角色' })
  @AsksPin()
  @Post('roles/:id/ending')
  @Idempotent()
  end(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: EndRole): Promise<HeldRole> {
    return this.roles.end(actor, id, body)
  }

  @Requires('account.use')
  @Get('me/roles')
  mine(@CurrentActor() actor: Actor): Promise<OwnRoles> {
    return this.pages.ofMine(actor)
  }
}
