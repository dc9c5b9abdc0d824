import type { BindingState } from '../../../contracts/organization/binding.js'
import type { EventName } from '../../../platform/audit/event-map.js'

/**
 * Days in which a claim after an undoing, or by a number that was changed, needs somebody who had no hand in it. Our choice:
 * as long as a request waits.
 */
export const SECOND_PERSON_DAYS = 30

/** Days for which somebody whose binding was undone still learns of requests about that membership, and may object. Our choice. */
export const HEARD_AFTER_UNDOING_DAYS = 30

/** What the branch may do with a claim, by its state. */
const TRANSITIONS = {
  confirm: { from: 'pending', to: 'confirmed', event: 'binding.confirmed' },
  reject: { from: 'pending', to: 'rejected', event: 'binding.rejected' },
  undo: { from: 'confirmed', to: 'undone', event: 'binding.undone' },
} as const satisfies Record<string, { from: BindingState; to: BindingState; event: EventName }>

export type Decision = keyof typeof TRANSITIONS

export const transitionOf = (decision: Decision) => TRANSITIONS[decision]

export const mayBe = (decision: Decision, state: BindingState): boolean =>
  TRANSITIONS[decision].from === state

/** The stored reason when the person, not the branch, ended a binding. */
export const ENDED_BY_PERSON = {
  withdrawal: '本人撤回',
  'consent-withdrawal': '本人撤回同意',
  'new-claim': '重新申请',
} as const

/** @param decidedBy the account that ended it; null when it was not stored */
export function endedBy(
  binding: { accountId: string; state: BindingState; reason: string | null },
  decidedBy: string | null,
): 'branch' | 'withdrawal' | 'consent-withdrawal' | null {
  if (binding.state === 'rejected') return 'branch'
  if (binding.state !== 'undone') return null
  if (decidedBy !== null && decidedBy !== binding.accountId) return 'branch'
  return binding.reason === ENDED_BY_PERSON['consent-withdrawal'] ? 'consent-withdrawal' : 'withdrawal'
}

/** Ignores spaces and the kind of dot in names, because people write `阿卜杜·热合曼` in many ways. */
export const sameName = (one: string, other: string): boolean => comparable(one) === comparable(other)

const comparable = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\u3000]/g, '')
    .replace(/[•‧・.．]/g, '·')
