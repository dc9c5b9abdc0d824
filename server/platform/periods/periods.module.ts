import { Global, Module } from '@nestjs/common'
import { PeriodWriter } from './period-writer.js'

/** Dated facts: tables whose rows say from when until when they hold. */
@Global()
@Module({ providers: [PeriodWriter], exports: [PeriodWriter] })
export class PeriodsModule {}
