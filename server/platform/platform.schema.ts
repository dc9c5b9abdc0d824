import { Grant } from './access/grant.entity.js'
import { OrgNode } from './access/org-node.entity.js'
import { ApprovalRequestRecord } from './approval/approval-request.entity.js'
import { EventDelivery } from './audit/event-delivery.entity.js'
import { EventListener } from './audit/event-listener.entity.js'
import { EventStream } from './audit/event-stream.entity.js'
import { EventRecord } from './audit/event.entity.js'
import { AccountRecord } from './auth/account.entity.js'
import { Consent } from './auth/consent.entity.js'
import { RefreshToken } from './auth/refresh-token.entity.js'
import { SessionRecord } from './auth/session.entity.js'
import { KeyCheck } from './database/key-check.entity.js'
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js'
import { ClockLock } from './jobs/clock-lock.entity.js'
import { Job } from './jobs/job.entity.js'
import { AddPlatform1795200000000 } from './migrations/1795200000000-add-platform.js'
import { AddRefreshTokens1795300000000 } from './migrations/1795300000000-add-refresh-tokens.js'
import { AddIdempotencyKeys1795300001000 } from './migrations/1795300001000-add-idempotency-keys.js'
import { OrdersKeepWhatTheyWereSentWith1795300003000 } from './migrations/1795300003000-orders-keep-what-they-were-sent-with.js'
import { EventsAreReadInOrder1795400100000 } from './migrations/1795400100000-events-are-read-in-order.js'
import { JobsHaveLanes1795400101000 } from './migrations/1795400101000-jobs-have-lanes.js'
import { RolesHaveHolders1795700000000 } from './migrations/1795700000000-roles-have-holders.js'
import { AddApprovals1795700100000 } from './migrations/1795700100000-add-approvals.js'
import { AddPins1795700103000 } from './migrations/1795700103000-add-pins.js'
import { AccountPin } from './pin/account-pin.entity.js'
import { MerchantAccount } from './payment/merchant-account.entity.js'
import { PaymentDiscrepancy } from './payment/payment-discrepancy.entity.js'
import { PaymentLine } from './payment/payment-line.entity.js'
import { PaymentOrder } from './payment/payment-order.entity.js'
import type { SchemaPart } from './database/data-source.js'

/** The tables of the platform, and how they came to be. */
export const platformSchema: SchemaPart = {
  entities: [
    Grant,
    OrgNode,
    ApprovalRequestRecord,
    AccountPin,
    EventDelivery,
    EventListener,
    EventStream,
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
    KeyCheck,
  ],
  migrations: [
    AddPlatform1795200000000,
    AddRefreshTokens1795300000000,
    AddIdempotencyKeys1795300001000,
    OrdersKeepWhatTheyWereSentWith1795300003000,
    EventsAreReadInOrder1795400100000,
    JobsHaveLanes1795400101000,
    RolesHaveHolders1795700000000,
    AddApprovals1795700100000,
    AddPins1795700103000,
  ],
}
