import type { GrantEnding } from '../../../platform/access/grant.entity.js'

/** What ended a role, in the words people read. */
const ENDINGS: Record<GrantEnding, string> = {
  decision: '已收回',
  term: '任期已满',
  consent: '本人撤回了同意',
  membership: '本人的绑定或组织关系已结束',
  unit: '组织关系已转出',
  post: '职务已免去',
}

export const endingInWords = (endedBy: GrantEnding | null, reason: string | null): string => {
  const words = ENDINGS[endedBy ?? 'decision']
  return reason ? `${words}：${reason}` : words
}
