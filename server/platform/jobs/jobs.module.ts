import { Global, Module } from '@nestjs/common'
import { Jobs } from './jobs.js'
import { Locks } from './locks.js'
import { Scheduler } from './scheduler.js'

@Global()
@Module({ providers: [Jobs, Locks, Scheduler], exports: [Jobs, Locks, Scheduler] })
export class JobsModule {}
