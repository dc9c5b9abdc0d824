import { Module } from '@nestjs/common'
import { MembersModule } from '../members/index.js'
import { UnitsModule } from '../units/index.js'
import { PinRecoveriesController } from './pin-recoveries.controller.js'
import { PinRecoveries } from './pin-recoveries.js'
import { RoleCarriers } from './role-carriers.js'
import { RoleEndingKind } from './role-ending.kind.js'
import { RoleGrantKind } from './role-grant.kind.js'
import { RoleHoldings } from './role-holdings.js'
import { RolePages } from './role-pages.js'
import { RolesController } from './roles.controller.js'
import { RolesHome } from './roles.home.js'
import { Roles } from './roles.service.js'

/** 工作角色: who holds a role over a unit, by membership or in an office. */
@Module({
  imports: [UnitsModule, MembersModule],
  controllers: [RolesController, PinRecoveriesController],
  providers: [
    PinRecoveries,
    Roles,
    RolePages,
    RoleHoldings,
    RoleCarriers,
    RoleGrantKind,
    RoleEndingKind,
    RolesHome,
  ],
  exports: [RoleHoldings],
})
export class RolesModule {}
