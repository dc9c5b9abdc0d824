import { Module } from '@nestjs/common'
import { PaymentModule } from '../../../platform/payment/payment.module.js'
import { MembersModule } from '../members/index.js'
import { UnitsModule } from '../units/index.js'
import { AssessmentPeriods } from './assessment-periods.js'
import { Assessments } from './assessments.service.js'
import { BillChangeQueries } from './bill-changes.queries.js'
import { BillChanges } from './bill-changes.service.js'
import { BillCorrectionJobs } from './bill-correction.jobs.js'
import { BillCorrections } from './bill-corrections.js'
import { BillLocks } from './bill-locks.js'
import { BillsHome } from './bills.home.js'
import { BillPayees } from './bill-payees.js'
import { BillQueries } from './bills.queries.js'
import { ClassProjectionJobs } from './class-projection.jobs.js'
import { CurrentDues } from './current-dues.queries.js'
import { DuesPoliciesController } from './dues-policies.controller.js'
import { DuesPoliciesHome } from './dues-policies.home.js'
import { DuesPolicies } from './dues-policies.service.js'
import { DuesController } from './dues.controller.js'
import { DuesFacts } from './dues-facts.js'
import { DuesPlaces } from './dues-places.js'
import { DuesJobs } from './dues.jobs.js'
import { DuesPayments } from './dues.payments.js'
import { ExportPin } from './export-pin.guard.js'
import { FullExportKind } from './full-export.kind.js'
import { FullExportsController } from './full-exports.controller.js'
import { FullExports } from './full-exports.service.js'
import { FactDatingJobs } from './fact-dating.jobs.js'
import { GenerationQueries } from './generation.queries.js'
import { GenerationsHome } from './generations.home.js'
import { Generations } from './generations.service.js'
import { LedgerDocument } from './ledger-document.service.js'
import { LedgerHome } from './ledger.home.js'
import { LedgerQueries } from './ledger.queries.js'
import { Ledger } from './ledger.service.js'
import { MyBillsController } from './my-bills.controller.js'
import { MyBills } from './my-bills.service.js'

/** 党费: policies, assessments, the bills of a month, paying them and the ledger. */
@Module({
  imports: [PaymentModule, UnitsModule, MembersModule],
  controllers: [MyBillsController, DuesController, FullExportsController, DuesPoliciesController],
  providers: [
    DuesPoliciesHome,
    ...[DuesPolicies, Assessments, AssessmentPeriods, CurrentDues, DuesFacts, DuesPlaces],
    ...[
      BillChanges,
      BillChangeQueries,
      BillCorrections,
      BillCorrectionJobs,
      FactDatingJobs,
      ClassProjectionJobs,
    ],
    ...[BillQueries, BillPayees, BillLocks, BillsHome, MyBills, DuesPayments],
    ...[Generations, GenerationQueries, GenerationsHome, DuesJobs],
    ...[FullExports, FullExportKind, ExportPin],
    ...[Ledger, LedgerDocument, LedgerQueries, LedgerHome],
  ],
  exports: [Assessments, AssessmentPeriods, BillCorrections],
})
export class DuesModule {}
