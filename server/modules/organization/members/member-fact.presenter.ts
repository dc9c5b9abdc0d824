import type { MemberFact } from '../../../contracts/organization/member-fact.js'
import { FACT_RULES } from './member-facts.rules.js'
import type { MemberPeriodRecord } from './member-period.entity.js'

const ORIGINS = { migration: '系统升级时整理', import: '花名册导入', recorded: '党组织登记' } as const

/** A dated fact with its value in words. */
export const presentFact = (
  row: MemberPeriodRecord,
  unitNames: ReadonlyMap<string, string>,
  recorder: string | null,
  mayRecord: boolean,
): MemberFact => ({
  id: row.id,
  kind: row.kind,
  value: row.value,
  text: row.kind === 'unit' ? (unitNames.get(row.value) ?? '') : FACT_RULES[row.kind].inWords(row.value),
  fromOn: row.fromOn,
  untilOn: row.untilOn,
  document: row.document,
  reason: row.reason,
  origin: ORIGINS[row.origin],
  recordedBy: recorder,
  recordedAt: row.recordedAt.toISOString(),
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  withdrawnReason: row.withdrawnReason,
  can: { withdraw: mayRecord && row.withdrawnAt === null && row.origin !== 'migration' },
})
