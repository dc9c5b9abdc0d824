import type { NoData } from '../../../platform/audit/event-map.js'

declare module '../../../platform/audit/event-map.js' {
  interface EventMap {
    /** Subject: the unit. */
    'unit.dues-policy-changed': { farmerFen: number; rounding: 'fen' | 'jiao'; fromMonth: string }
    /** Subject: the assessment, like the next. */
    'dues.assessed': { memberId: string; fromMonth: string; amountFen: number | null }
    /** Subject: the generation, like the two that follow. */
    'dues.generation-requested': { month: string }
    'dues.month-generated': { month: string; count: number; amountFen: number }
    'dues.generation-failed': NoData
    /** Subject: the bill, like the next. */
    'dues.bill-replaced': { month: string; cause: string; oldFen: number; newFen: number }
    'dues.bill-paid': { amountFen: number; month: string; tradeNo: string }
    /** Subject: the month. */
    'dues.ledger-exported': { rows: number; form?: 'document'; approvalId?: string }
  }
}
