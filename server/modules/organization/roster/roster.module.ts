import { Module } from '@nestjs/common'
import { BindingsModule } from '../bindings/index.js'
import { DuesModule } from '../dues/index.js'
import { MembersModule } from '../members/index.js'
import { UnitsModule } from '../units/index.js'
import { AbsenceQueries } from './absences.queries.js'
import { Absences } from './absences.service.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterExecution } from './roster-execution.service.js'
import { RosterForgetting } from './roster-forgetting.service.js'
import { RosterImportViews } from './roster-import-views.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { RosterImportsController } from './roster-imports.controller.js'
import { RosterImports } from './roster-imports.service.js'
import { RosterReadingJobs } from './roster-reading.jobs.js'
import { RosterUpload } from './roster-upload.service.js'
import { RosterUploads } from './roster-uploads.store.js'
import { RosterWriter } from './roster-writer.js'
import { RosterHome } from './roster.home.js'
import { RosterJobs } from './roster.jobs.js'
import { RowClassifier } from './row-classifier.js'
import { UnitMatching } from './unit-matching.service.js'

/** 花名册: import from a file, with a preview before anything is written. */
@Module({
  imports: [UnitsModule, MembersModule, BindingsModule, DuesModule],
  controllers: [RosterImportsController],
  providers: [
    ...[Absences, AbsenceQueries],
    ...[RosterUpload, RosterUploads, RosterReadingJobs, RowClassifier],
    ...[RosterImports, RosterImportQueries, RosterImportViews, RosterImportRowStore, RosterHome],
    ...[PreviewedImports, UnitMatching, RosterExecution, RosterForgetting, RosterJobs, RosterWriter],
  ],
})
export class RosterModule {}
