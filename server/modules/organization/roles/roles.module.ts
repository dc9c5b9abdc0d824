import { Module } from '@nestjs/common'
import { MembersModule } from '../members/index.js'
import { UnitsModule } from '../units/index.js'
import { RoleCarriers } from './role-carriers.js'
import { RoleHoldings } from './role-holdings.js'

/** 工作角色: who holds a role over a unit, by membership or in an office. */
@Module({
  imports: [UnitsModule, MembersModule],
  providers: [RoleHoldings, RoleCarriers],
  exports: [RoleHoldings],
})
export class RolesModule {}
