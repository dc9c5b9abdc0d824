import { Global, Module } from '@nestjs/common'
import { CalendarTimes } from './calendar-times.js'
import { JobLanes } from './job-lanes.js'
import { JobQueue } from './job-queue.js'
import { Jobs } from './jobs.js'
import { Locks } from './locks.js'
import { Scheduler } from './scheduler.js'

@Global()
@Module({
  providers: [CalendarTimes, JobLanes, JobQueue, Jobs, Locks, Scheduler],
  exports: [JobLanes, Jobs, Locks, Scheduler],
})
export class JobsModule {}
