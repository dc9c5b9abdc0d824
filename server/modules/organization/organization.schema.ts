import { BindingRecord } from './bindings/binding.entity.js'
import { AssessmentRecord } from './dues/assessment.entity.js'
import { BillCorrectionRecord } from './dues/bill-correction.entity.js'
import { WithdrawnBillRecord } from './dues/bill-withdrawn.entity.js'
import { BillRecord } from './dues/bill.entity.js'
import { DuesPlaceRecord } from './dues/dues-place.entity.js'
import { DuesPolicyRecord } from './dues/dues-policy.entity.js'
import { GenerationRecord } from './dues/generation.entity.js'
import { DisclosureAlert } from './members/disclosure-alert.entity.js'
import { Disclosure } from './members/disclosure.entity.js'
import { FactDating } from './members/fact-dating.entity.js'
import { MemberPeriodRecord } from './members/member-period.entity.js'
import { MemberPhoneEntry } from './members/member-phone-entry.entity.js'
import { MemberRecord } from './members/member.entity.js'
import { AddOrganization1795200001000 } from './migrations/1795200001000-add-organization.js'
import { DuesPoliciesHaveATable1795400100000 } from './migrations/1795400100000-dues-policies-have-a-table.js'
import { FactsHaveDates1795600000000 } from './migrations/1795600000000-facts-have-dates.js'
import { WhoRecordedIsNamed1795700210000 } from './migrations/1795700210000-who-recorded-is-named.js'
import { PostsAreDecided1795700200000 } from './migrations/1795700200000-posts-are-decided.js'
import { AddRosterReading1795300002000 } from './migrations/1795300002000-add-roster-reading.js'
import { OfficesOfUnits1795700001000 } from './migrations/1795700001000-offices-of-units.js'
import { AddDisclosureAlerts1795700104000 } from './migrations/1795700104000-add-disclosure-alerts.js'
import { AddPhoneEntries1795700102000 } from './migrations/1795700102000-add-phone-entries.js'
import { BindingsKeepWhenConfirmed1795700101000 } from './migrations/1795700101000-bindings-keep-when-confirmed.js'
import { RostersAskAboutTheAbsent1795700220000 } from './migrations/1795700220000-rosters-ask-about-the-absent.js'
import { AbsenceAnswer } from './roster/absence-answer.entity.js'
import { RosterImportRow } from './roster/roster-import-row.entity.js'
import { RosterImportRecord } from './roster/roster-import.entity.js'
import { RosterUploadChunk } from './roster/roster-upload-chunk.entity.js'
import { UnitAlias } from './roster/unit-alias.entity.js'
import { OfficeRecord } from './units/office.entity.js'
import { UnitPostDay } from './units/unit-post-day.entity.js'
import { UnitPost } from './units/unit-post.entity.js'
import { UnitRecord } from './units/unit.entity.js'
import type { SchemaPart } from '../../platform/database/data-source.js'

/** The tables and migrations of the organization module. */
export const organizationSchema: SchemaPart = {
  entities: [
    BindingRecord,
    AssessmentRecord,
    BillRecord,
    BillCorrectionRecord,
    WithdrawnBillRecord,
    DuesPlaceRecord,
    DuesPolicyRecord,
    GenerationRecord,
    Disclosure,
    MemberRecord,
    MemberPeriodRecord,
    MemberPhoneEntry,
    DisclosureAlert,
    FactDating,
    AbsenceAnswer,
    RosterImportRow,
    RosterUploadChunk,
    RosterImportRecord,
    UnitAlias,
    OfficeRecord,
    UnitPost,
    UnitPostDay,
    UnitRecord,
  ],
  migrations: [
    AddOrganization1795200001000,
    AddRosterReading1795300002000,
    DuesPoliciesHaveATable1795400100000,
    FactsHaveDates1795600000000,
    OfficesOfUnits1795700001000,
    BindingsKeepWhenConfirmed1795700101000,
    AddPhoneEntries1795700102000,
    AddDisclosureAlerts1795700104000,
    PostsAreDecided1795700200000,
    WhoRecordedIsNamed1795700210000,
    RostersAskAboutTheAbsent1795700220000,
  ],
}
