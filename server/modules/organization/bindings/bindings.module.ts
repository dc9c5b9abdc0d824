import { Module } from '@nestjs/common'
import { MembershipLookup } from '../../../platform/auth/membership-lookup.js'
import { MembersModule } from '../members/index.js'
import { BindingEndings } from './binding-endings.js'
import { BindingDecisions } from './binding-decisions.service.js'
import { BindingMembershipLookup } from './binding-membership-lookup.js'
import { BindingsController } from './bindings.controller.js'
import { BindingsHome } from './bindings.home.js'
import { BindingQueries } from './bindings.queries.js'
import { Bindings } from './bindings.service.js'

/** 身份绑定: which member an account belongs to, and the decision of the branch. */
@Module({
  imports: [MembersModule],
  controllers: [BindingsController],
  providers: [
    Bindings,
    BindingDecisions,
    BindingQueries,
    BindingEndings,
    BindingsHome,
    { provide: MembershipLookup, useClass: BindingMembershipLookup },
  ],
  exports: [BindingQueries, MembershipLookup],
})
export class BindingsModule {}
