import { Global, Module } from '@nestjs/common'
import { RosterLookup } from '../../platform/auth/roster-lookup.js'
import { PaymentModule } from '../../platform/payment/payment.module.js'
import { BindingDecisions } from './bindings/binding-decisions.service.js'
import { BindingsController } from './bindings/bindings.controller.js'
import { BindingQueries } from './bindings/bindings.queries.js'
import { Bindings } from './bindings/bindings.service.js'
import { BindingRosterLookup } from './bindings/roster-lookup.js'
import { Assessments } from './dues/assessments.service.js'
import { BillLocks } from './dues/bill-locks.js'
import { BillQueries } from './dues/bills.queries.js'
import { CurrentDues } from './dues/current-dues.queries.js'
import { DuesController } from './dues/dues.controller.js'
import { DuesJobs } from './dues/dues.jobs.js'
import { DuesPayments } from './dues/dues.payments.js'
import { GenerationQueries } from './dues/generation.queries.js'
import { Generations } from './dues/generations.service.js'
import { LedgerQueries } from './dues/ledger.queries.js'
import { LedgerDocument } from './dues/ledger-document.service.js'
import { Ledger } from './dues/ledger.service.js'
import { MyBillsController } from './dues/my-bills.controller.js'
import { MyBills } from './dues/my-bills.service.js'
import { BranchPage } from './me/branch.service.js'
import { MeController } from './me/me.controller.js'
import { Me } from './me/me.service.js'
import { TodayPage } from './me/today.service.js'
import { MembersController } from './members/members.controller.js'
import { MemberQueries } from './members/members.queries.js'
import { Members } from './members/members.service.js'
import { PreviewedImports } from './roster/previewed-imports.js'
import { RosterExecution } from './roster/roster-execution.service.js'
import { RosterForgetting } from './roster/roster-forgetting.service.js'
import { RosterImportPresenter } from './roster/roster-import.presenter.js'
import { RosterImportQueries } from './roster/roster-import.queries.js'
import { RosterImportRowStore } from './roster/roster-import-rows.store.js'
import { RosterImportsController } from './roster/roster-imports.controller.js'
import { RosterImports } from './roster/roster-imports.service.js'
import { RosterReadingJobs } from './roster/roster-reading.jobs.js'
import { RosterUploads } from './roster/roster-uploads.store.js'
import { RosterUpload } from './roster/roster-upload.service.js'
import { RosterWriter } from './roster/roster-writer.js'
import { RosterJobs } from './roster/roster.jobs.js'
import { RowClassifier } from './roster/row-classifier.js'
import { UnitMatching } from './roster/unit-matching.service.js'
import { UnitsController } from './units/units.controller.js'
import { UnitQueries } from './units/units.queries.js'
import { Units } from './units/units.service.js'

/** 基层党务: units, members and who they are in WeChat, dues. Global, because signing in asks for its roster. */
@Global()
@Module({
  imports: [PaymentModule],
  controllers: [
    MeController,
    UnitsController,
    MembersController,
    BindingsController,
    MyBillsController,
    DuesController,
    RosterImportsController,
  ],
  providers: [
    ...[Units, UnitQueries],
    ...[Members, MemberQueries],
    ...[Bindings, BindingDecisions, BindingQueries],
    ...[Assessments, BillQueries, CurrentDues, MyBills, BillLocks, DuesPayments, DuesJobs],
    ...[Generations, GenerationQueries, Ledger, LedgerDocument, LedgerQueries],
    ...[RosterUpload, RosterImports, RosterImportQueries, RosterImportPresenter],
    ...[PreviewedImports, RosterExecution, UnitMatching, RosterForgetting, RosterImportRowStore],
    ...[RowClassifier, RosterWriter, RosterJobs, RosterReadingJobs, RosterUploads],
    ...[Me, TodayPage, BranchPage],
    { provide: RosterLookup, useClass: BindingRosterLookup },
  ],
  exports: [RosterLookup, Units, Assessments],
})
export class OrganizationModule {}
