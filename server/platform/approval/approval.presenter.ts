import type { Approval, ApprovalRequestLine } from '../../contracts/platform/approval.js'
import type { ApprovalWords } from './approval-kind.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'
import type { ApprovalHead } from './approval.queries.js'

const NO_WORDS: ApprovalWords = { title: '', lines: [] }

/** A head with the words of its kind. A list that is decided together counts as waiting while any of it waits. */
export function presentApproval(
  { id, count, first }: ApprovalHead,
  words: ReadonlyMap<string, ApprovalWords>,
  more: Pick<Approval, 'can' | 'nobodyElse' | 'asksPin'>,
): Approval {
  const shown = first.find(({ state }) => state === 'waiting') ?? first[0]
  if (!shown) throw new Error('a request without a row')
  const titles = first.map((row) => (words.get(row.id) ?? NO_WORDS).title)
  const isOne = count === 1
  return {
    id,
    kind: shown.kind,
    state: shown.state,
    count,
    title: isOne ? (titles[0] ?? '') : `${titles[0] ?? ''}，等 ${count} 项`,
    lines: isOne ? (words.get(shown.id) ?? NO_WORDS).lines : [],
    first: isOne ? [] : titles,
    requesterName: shown.requesterName,
    requestedAt: shown.requestedAt.toISOString(),
    lapsesAt: shown.lapsesAt.toISOString(),
    deciderName: shown.deciderName,
    decidedAt: shown.decidedAt?.toISOString() ?? null,
    opinion: shown.opinion,
    ...more,
  }
}

export const presentRequestLine = (
  { id, state }: ApprovalRequestRecord,
  words: ReadonlyMap<string, ApprovalWords>,
): ApprovalRequestLine => ({ id, state, ...(words.get(id) ?? NO_WORDS) })
