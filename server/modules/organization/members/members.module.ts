import { Module } from '@nestjs/common'
import { UnitsModule } from '../units/index.js'
import { Art23RequestKind } from './art-23-request.kind.js'
import { Art23Requests } from './art-23-requests.service.js'
import { DisclosureAlertQueries } from './disclosure-alert.queries.js'
import { DisclosureAlertsController } from './disclosure-alerts.controller.js'
import { DisclosureAlerts } from './disclosure-alerts.js'
import { Disclosures } from './disclosures.service.js'
import { MemberDirectory } from './member-directory.js'
import { FactDatings } from './fact-datings.js'
import { MemberFactChanges } from './member-fact-changes.js'
import { MemberFacts } from './member-facts.js'
import { MemberPhones } from './member-phones.js'
import { MemberFactEntry } from './member-fact-entry.js'
import { MemberFactRequestKind } from './member-fact.kind.js'
import { MemberProjectionJobs } from './member-projection.jobs.js'
import { MemberRecords } from './member-records.service.js'
import { MembersController } from './members.controller.js'
import { MembersHome } from './members.home.js'
import { MemberQueries } from './members.queries.js'
import { Persons } from './persons.js'
import { Members } from './members.service.js'

/** 党员: the roster and who read full numbers from it. */
@Module({
  imports: [UnitsModule],
  controllers: [MembersController, DisclosureAlertsController],
  providers: [
    Members,
    MemberQueries,
    MemberDirectory,
    MemberFacts,
    MemberFactChanges,
    FactDatings,
    MemberProjectionJobs,
    MemberRecords,
    Art23Requests,
    Art23RequestKind,
    MemberFactEntry,
    MemberFactRequestKind,
    MemberPhones,
    DisclosureAlerts,
    DisclosureAlertQueries,
    Disclosures,
    Persons,
    MembersHome,
  ],
  exports: [Members, MemberPhones, MemberDirectory, MemberFacts, MemberFactChanges, FactDatings, Persons],
})
export class MembersModule {}
