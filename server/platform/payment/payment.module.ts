import { Module } from '@nestjs/common'
import { MerchantAccounts } from './merchant-accounts.js'
import { Notifications } from './notifications.js'
import { PaymentJobs } from './payment.jobs.js'
import { PaymentSubjects } from './payment-subjects.js'
import { PaymentsController } from './payments.controller.js'
import { Payments } from './payments.js'
import { Settlement } from './settlement.js'

@Module({
  controllers: [PaymentsController],
  providers: [Payments, Settlement, Notifications, MerchantAccounts, PaymentSubjects, PaymentJobs],
  exports: [Payments, PaymentSubjects, MerchantAccounts, PaymentJobs],
})
export class PaymentModule {}
