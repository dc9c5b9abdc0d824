import { BindingRecord } from './modules/organization/bindings/binding.entity.js'
import { AssessmentRecord } from './modules/organization/dues/assessment.entity.js'
import { BillRecord } from './modules/organization/dues/bill.entity.js'
import { GenerationRecord } from './modules/organization/dues/generation.entity.js'
import { Disclosure } from './modules/organization/members/disclosure.entity.js'
import { MemberRecord } from './modules/organization/members/member.entity.js'
import { RosterImportRow } from './modules/organization/roster/roster-import-row.entity.js'
import { RosterUploadChunk } from './modules/organization/roster/roster-upload-chunk.entity.js'
import { RosterImportRecord } from './modules/organization/roster/roster-import.entity.js'
import { UnitAlias } from './modules/organization/units/unit-alias.entity.js'
import { UnitPost } from './modules/organization/units/unit-post.entity.js'
import { UnitRecord } from './modules/organization/units/unit.entity.js'
import { Grant } from './platform/access/grant.entity.js'
import { OrgNode } from './platform/access/org-node.entity.js'
import { EventDelivery } from './platform/audit/event-delivery.entity.js'
import { EventRecord } from './platform/audit/event.entity.js'
import { AccountRecord } from './platform/auth/account.entity.js'
import { Consent } from './platform/auth/consent.entity.js'
import { RefreshToken } from './platform/auth/refresh-token.entity.js'
import { SessionRecord } from './platform/auth/session.entity.js'
import { IdempotencyKey } from './platform/idempotency/idempotency-key.entity.js'
import { ClockLock } from './platform/jobs/clock-lock.entity.js'
import { Job } from './platform/jobs/job.entity.js'
import { MerchantAccount } from './platform/payment/merchant-account.entity.js'
import { PaymentDiscrepancy } from './platform/payment/payment-discrepancy.entity.js'
import { PaymentLine } from './platform/payment/payment-line.entity.js'
import { PaymentOrder } from './platform/payment/payment-order.entity.js'
import { AddPlatform1795200000000 } from './migrations/1795200000000-add-platform.js'
import { AddOrganization1795200001000 } from './migrations/1795200001000-add-organization.js'
import { AddRefreshTokens1795300000000 } from './migrations/1795300000000-add-refresh-tokens.js'
import { AddIdempotencyKeys1795300001000 } from './migrations/1795300001000-add-idempotency-keys.js'
import { AddRosterReading1795300002000 } from './migrations/1795300002000-add-roster-reading.js'
import { OrdersKeepWhatTheyWereSentWith1795300003000 } from './migrations/1795300003000-orders-keep-what-they-were-sent-with.js'
import { KeyCheck } from './platform/database/key-check.entity.js'
import type { Schema } from './platform/database/data-source.js'

/** Every table and every migration of the server, composed where all modules are known. */
export const schema: Schema = {
  entities: [
    KeyCheck,
    BindingRecord,
    AssessmentRecord,
    BillRecord,
    GenerationRecord,
    Disclosure,
    MemberRecord,
    RosterImportRow,
    RosterImportRecord,
    RosterUploadChunk,
    UnitAlias,
    UnitPost,
    UnitRecord,
    Grant,
    OrgNode,
    EventDelivery,
    EventRecord,
    AccountRecord,
    Consent,
    RefreshToken,
    SessionRecord,
    IdempotencyKey,
    ClockLock,
    Job,
    MerchantAccount,
    PaymentDiscrepancy,
    PaymentLine,
    PaymentOrder,
  ],
  migrations: [
    AddPlatform1795200000000,
    AddOrganization1795200001000,
    AddRefreshTokens1795300000000,
    AddIdempotencyKeys1795300001000,
    AddRosterReading1795300002000,
    OrdersKeepWhatTheyWereSentWith1795300003000,
  ],
}
