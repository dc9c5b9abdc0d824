import { Module } from '@nestjs/common'
import { Discrepancies } from './discrepancies.js'
import { MerchantAccounts } from './merchant-accounts.js'
import { Notifications } from './notifications.js'
import { PaymentJobs } from './payment.jobs.js'
import { PaymentMilestones } from './payment-milestones.js'
import { PaymentQueries } from './payment.queries.js'
import { PaymentSubjects } from './payment-subjects.js'
import { PaymentsController } from './payments.controller.js'
import { Payments } from './payments.js'
import { Settlement } from './settlement.js'
import { SettlementWriter } from './settlement-writer.js'

@Module({
  controllers: [PaymentsController],
  providers: [
    Payments,
    PaymentQueries,
    Settlement,
    SettlementWriter,
    Discrepancies,
    Notifications,
    MerchantAccounts,
    PaymentSubjects,
    PaymentJobs,
    PaymentMilestones,
  ],
  exports: [Payments, PaymentQueries, PaymentSubjects, MerchantAccounts, PaymentJobs, PaymentMilestones],
})
export class PaymentModule {}
