import { Module } from '@nestjs/common'
import { MembershipLookup } from '../../../platform/auth/membership-lookup.js'
import { ApprovalPeople } from '../../../platform/approval/approval-people.js'
import { MembersModule } from '../members/index.js'
import { RolesModule } from '../roles/index.js'
import { UnitsModule } from '../units/index.js'
import { BindingEntry } from './binding-entry.js'
import { BindingUndoingKind } from './binding-undoing.kind.js'
import { BindingEndings } from './binding-endings.js'
import { BindingDecisions } from './binding-decisions.service.js'
import { BindingMembershipLookup } from './binding-membership-lookup.js'
import { BindingPeople } from './binding-people.js'
import { BindingsController } from './bindings.controller.js'
import { BindingPersons } from './binding-persons.js'
import { BindingsHome } from './bindings.home.js'
import { BindingQueries } from './bindings.queries.js'
import { ClaimWitnesses } from './claim-witnesses.js'
import { OfficeClaims } from './office-claims.js'
import { PhoneChangeKind } from './phone-change.kind.js'
import { PhoneChangesController } from './phone-changes.controller.js'
import { PhoneChanges } from './phone-changes.service.js'
import { Bindings } from './bindings.service.js'

/** 身份绑定: which member an account belongs to, and the decision of the branch. */
@Module({
  imports: [UnitsModule, MembersModule, RolesModule],
  controllers: [BindingsController, PhoneChangesController],
  providers: [
    Bindings,
    BindingDecisions,
    BindingEntry,
    BindingUndoingKind,
    BindingQueries,
    BindingEndings,
    BindingsHome,
    ClaimWitnesses,
    BindingPersons,
    OfficeClaims,
    PhoneChanges,
    PhoneChangeKind,
    { provide: MembershipLookup, useClass: BindingMembershipLookup },
    { provide: ApprovalPeople, useClass: BindingPeople },
  ],
  exports: [BindingQueries, PhoneChanges, MembershipLookup, ApprovalPeople],
})
export class BindingsModule {}
