import type { BillCause, BillChange, DuesDifference } from '../../../contracts/organization/dues.js'
import type { BillChangeRow, DifferenceRow } from './bill-changes.queries.js'

const CAUSES: Readonly<Record<BillCause, string>> = {
  unit: '所在支部有变动',
  standing: '党籍状态有变动',
  assessment: '党费重新核定',
  policy: '单位的缴纳规则有变动',
  joined: '入党日期更正',
}

export const presentBillChange = (row: BillChangeRow): BillChange => ({
  id: row.id,
  month: row.month,
  oldFen: row.amountFen,
  newFen: row.replacedByFen,
  cause: CAUSES[row.cause],
  reason: row.reason,
  at: row.withdrawnAt.toISOString(),
})

export const presentDifference = ({
  billState,
  noticedAt,
  cause,
  ...row
}: DifferenceRow): DuesDifference => ({
  ...row,
  state: billState === 'unpaid' ? 'waiting' : 'paid',
  cause: CAUSES[cause],
  noticedAt: noticedAt.toISOString(),
})
