import { Global, Module } from '@nestjs/common'
import { Jobs } from './jobs.js'
import { Locks } from './locks.js'
import { Pulse } from './pulse.js'

@Global()
@Module({ providers: [Jobs, Locks, Pulse], exports: [Jobs, Locks, Pulse] })
export class JobsModule {}
