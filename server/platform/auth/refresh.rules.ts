import { endingOf, type SessionSpan } from './session.rules.js'

/**
 * What to do with a refresh token that a phone sends.
 *
 * | the token                                     | session holds | session over |
 * | --------------------------------------------- | ------------- | ------------ |
 * | never issued                                  | refuse        | refuse       |
 * | current                                       | rotate        | refuse       |
 * | spent within the window, successor unused     | repeat        | refuse       |
 * | spent, and the successor was spent or replaced | end-session  | refuse       |
 * | spent before the window                       | end-session   | refuse       |
 * | replaced before it was used                   | end-session   | refuse       |
 *
 * When a spent or replaced token comes again, two clients hold tokens of one session. One of them is not the owner,
 * and we cannot know which, so the session ends. One case is harmless: a phone that lost the answer sends a token
 * that was spent a moment ago, and nobody has its successor. That phone gets a new token in place of the successor.
 */
export type RefreshDecision = 'rotate' | 'repeat' | 'end-session' | 'refuse'

/**
 * `current`: the one valid token of a session. `spent`: exchanged. `replaced`: a repeated exchange issued another
 * token instead.
 */
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

/** @param successor the newest token that was issued for this one */
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
