import type { BindingState } from '../../../contracts/binding.js'

/** What the branch may do with a claim, by its state. */
const TRANSITIONS = {
  confirm: { from: 'pending', to: 'confirmed' },
  reject: { from: 'pending', to: 'rejected' },
  undo: { from: 'confirmed', to: 'undone' },
} as const satisfies Record<string, { from: BindingState; to: BindingState }>

export type Decision = keyof typeof TRANSITIONS

export const transitionOf = (decision: Decision) => TRANSITIONS[decision]

export const mayBe = (decision: Decision, state: BindingState): boolean =>
  TRANSITIONS[decision].from === state

/** Names are compared without spaces and whatever dot was typed, as people write `阿卜杜·热合曼` in many ways. */
export const sameName = (one: string, other: string): boolean => comparable(one) === comparable(other)

const comparable = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\u3000]/g, '')
    .replace(/[•‧・.．]/g, '·')
