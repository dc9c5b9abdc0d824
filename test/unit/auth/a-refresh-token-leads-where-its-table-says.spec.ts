import fc from 'fast-check'
import {
  decideRefresh,
  REPEAT_WINDOW_MS,
  type KnownToken,
  type RefreshDecision,
  type TokenState,
} from '../../../server/platform/auth/refresh.rules.js'
import { endingOf, sessionEnd, type SessionSpan } from '../../../server/platform/auth/session.rules.js'

const NOW = new Date('2026-11-21T04:00:00.000Z')
const DAY_MS = 86_400_000
const before = (ms: number) => new Date(NOW.getTime() - ms)

const token = (state: TokenState, spentMsAgo = 0): KnownToken => ({
  currentKey: state === 'current' ? 'a session' : null,
  spentAt: state === 'spent' ? before(spentMsAgo) : null,
})

const SESSIONS: Record<string, SessionSpan | null> = {
  holds: { startedAt: before(DAY_MS), expiresAt: before(-1), endedAt: null, endedBecause: null },
  ended: {
    startedAt: before(DAY_MS),
    expiresAt: before(-DAY_MS),
    endedAt: before(1),
    endedBecause: 'signed-out',
  },
  expired: { startedAt: before(DAY_MS), expiresAt: NOW, endedAt: null, endedBecause: null },
  'deleted meanwhile': null,
}

const TABLE: Array<[string, KnownToken | null, KnownToken | null, RefreshDecision]> = [
  ['never given out', null, null, 'refuse'],
  ['the current one', token('current'), null, 'rotate'],
  ['just spent, its successor unused', token('spent', 0), token('current'), 'repeat'],
  ['spent just inside the window', token('spent', REPEAT_WINDOW_MS - 1), token('current'), 'repeat'],
  ['spent at the edge of the window', token('spent', REPEAT_WINDOW_MS), token('current'), 'end-session'],
  ['spent, its successor spent too', token('spent', 0), token('spent', 0), 'end-session'],
  ['spent, its successor replaced', token('spent', 0), token('replaced'), 'end-session'],
  ['spent, its successor not found', token('spent', 0), null, 'end-session'],
  ['replaced before it was used', token('replaced'), null, 'end-session'],
]

describe('a refresh token leads where its table says', () => {
  it.each(TABLE)('%s', (_, shown, successor, decision) => {
    expect(decideRefresh(shown, successor, SESSIONS['holds'] ?? null, NOW)).toBe(decision)
  })

  it.each(['ended', 'expired', 'deleted meanwhile'])('a session that is %s is not renewed by any', (name) => {
    for (const [, shown, successor] of TABLE) {
      expect(decideRefresh(shown, successor, SESSIONS[name] ?? null, NOW)).toBe('refuse')
    }
  })

  it('whatever the clocks say, only the current token rotates and only a fresh loss is repeated', () => {
    const known = fc.option(
      fc.record({
        currentKey: fc.constantFrom(null, 'a session'),
        spentAt: fc.option(fc.integer({ min: -1e9, max: 1e9 }).map(before)),
      }),
    )
    fc.assert(
      fc.property(known, known, (shown, successor) => {
        const decision = decideRefresh(shown, successor, SESSIONS['holds'] ?? null, NOW)
        expect(decision === 'rotate').toBe(shown !== null && shown.currentKey !== null)
        if (decision === 'repeat') {
          expect(successor?.currentKey).not.toBeNull()
          expect(NOW.getTime() - (shown?.spentAt?.getTime() ?? 0)).toBeLessThan(REPEAT_WINDOW_MS)
        }
      }),
    )
  })
})

describe('a session ends', () => {
  const lengths = { sessionSeconds: 7 * 86_400, sessionLongestSeconds: 90 * 86_400 }

  it('a week after its last use, and ninety days after its start however much it is used', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (day) => {
        const now = new Date(NOW.getTime() + day * DAY_MS)
        const days = (sessionEnd(NOW, now, lengths).getTime() - NOW.getTime()) / DAY_MS
        expect(days).toBe(Math.min(day + 7, 90))
      }),
    )
  })

  it('at the very millisecond it says, and for the reason that was written down', () => {
    const open = { startedAt: NOW, expiresAt: before(-1), endedAt: null, endedBecause: null }
    expect(endingOf(open, NOW)).toBeNull()
    expect(endingOf({ ...open, expiresAt: NOW }, NOW)).toEqual({ at: NOW, because: 'expired' })
    const ended = { ...open, endedAt: before(5), endedBecause: 'token-reused' as const }
    expect(endingOf(ended, NOW)).toEqual({ at: before(5), because: 'token-reused' })
  })
})
