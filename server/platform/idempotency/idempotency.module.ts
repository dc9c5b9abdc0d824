import { Global, Module } from '@nestjs/common'
import { IdempotencyJobs } from './idempotency.jobs.js'
import { IdempotencyKeys } from './idempotency-keys.js'

@Global()
@Module({ providers: [IdempotencyKeys, IdempotencyJobs], exports: [IdempotencyKeys] })
export class IdempotencyModule {}
