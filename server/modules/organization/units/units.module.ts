import { Module } from '@nestjs/common'
import { Offices } from './offices.js'
import { UnitDirectory } from './unit-directory.js'
import { UnitFoundings } from './unit-foundings.js'
import { UnitPostChanges } from './unit-post-changes.js'
import { UnitPostPeriods } from './unit-post-periods.js'
import { UnitPostJobs } from './unit-posts.jobs.js'
import { UnitPosts } from './unit-posts.js'
import { UnitsController } from './units.controller.js'
import { UnitQueries } from './units.queries.js'
import { Units } from './units.service.js'

/** 党组织: the tree of units and who holds a post in them. */
@Module({
  controllers: [UnitsController],
  providers: [
    Units,
    UnitQueries,
    UnitDirectory,
    UnitPosts,
    UnitPostPeriods,
    UnitPostChanges,
    UnitPostJobs,
    UnitFoundings,
    Offices,
  ],
  exports: [Units, UnitDirectory, UnitPosts, UnitPostPeriods, UnitPostChanges, UnitFoundings, Offices],
})
export class UnitsModule {}
