import { endingOf, type SessionSpan } from './session.rules.js'

/**
 * What a refresh token that is shown to us leads to.
 *
 * | the token                                     | session holds | session over |
 * | --------------------------------------------- | ------------- | ------------ |
 * | never given out                               | refuse        | refuse       |
 * | current                                       | rotate        | refuse       |
 * | spent within the window, successor unused     | repeat        | refuse       |
 * | spent, and the successor was spent or replaced | end-session  | refuse       |
 * | spent before the window                       | end-session   | refuse       |
 * | replaced before it was used                   | end-session   | refuse       |
 *
 * Two hold one session's tokens when a token comes that has been spent or replaced: one of them is not its owner,
 * and which one cannot be known. A phone that lost the answer holds a token spent a moment ago and nobody has its
 * successor, so it gets another one in the successor's place.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'end-session' | 'refuse'

/** `current` is the one good token of a session; `spent` was exchanged; `replaced` made room for a repetition. */
export type TokenState = 'current' | 'spent' | 'replaced'

export interface KnownToken {
  currentKey: string | null
  spentAt: Date | null
}

/** How long a phone may take to notice that an answer was lost and to ask again, in ms. */
export const REPEAT_WINDOW_MS = 60_000

export function stateOf({ currentKey, spentAt }: KnownToken): TokenState {
  if (currentKey !== null) return 'current'
  return spentAt === null ? 'replaced' : 'spent'
}

/** @param successor the newest token that was given for this one */
export function decideRefresh(
  token: KnownToken | null,
  successor: KnownToken | null,
  session: SessionSpan | null,
  now: Date,
): RefreshDecision {
  if (!token || !session || endingOf(session, now)) return 'refuse'
  const state = stateOf(token)
  if (state === 'current') return 'rotate'
  if (state === 'replaced' || token.spentAt === null) return 'end-session'
  const isRecent = now.getTime() - token.spentAt.getTime() < REPEAT_WINDOW_MS
  const isUnused = successor !== null && stateOf(successor) === 'current'
  return isRecent && isUnused ? 'repeat' : 'end-session'
}
