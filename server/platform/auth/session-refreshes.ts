import { Injectable, Logger } from '@nestjs/common'
import type { RefreshSession, Session } from '../../contracts/platform/session.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { Conflict } from '../http/errors.js'
import type { RefreshToken } from './refresh-token.entity.js'
import { decideRefresh, stateOf, type KnownToken } from './refresh.rules.js'
import { sessionEnded } from './session-ended.error.js'
import { SessionRecord } from './session.entity.js'
import { sessionEnd } from './session.rules.js'
import { hashOf, SessionTokens } from './session-tokens.js'
import { TokenCache } from './token-cache.js'

/** A refresh token and the newest token that was issued for it, both read at the same moment. */
interface Found {
  token: Pick<RefreshToken, 'hash' | 'sessionId' | 'currentKey' | 'spentAt' | 'successorHash'>
  successor: KnownToken | null
}

type Row = Found['token'] & {
  nextHash: string | null
  nextKey: string | null
  nextSpentAt: Date | null
}

interface Presented {
  token: Found['token']
  session: SessionRecord
  /** The token that replaces the one that was sent. */
  next: { token: string; hash: string }
  now: Date
}

/**
 * Exchanges a refresh token for a new pair. Every step is a compare-and-set, so of two requests at once only one
 * succeeds.
 */
@Injectable()
export class SessionRefreshes {
  private readonly logger = new Logger(SessionRefreshes.name)

  constructor(
    private readonly database: Database,
    private readonly tokens: SessionTokens,
    private readonly cache: TokenCache,
    private readonly audit: Audit,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Unauthenticated when we did not issue the token, or when its session has ended, before or by this call
   * @throws Conflict `auth.refresh-raced` when another exchange was faster; the phone may ask again
   */
  async refresh({ refreshToken }: RefreshSession): Promise<Session> {
    const now = this.clock.now()
    const next = this.tokens.draw()
    const hash = hashOf(refreshToken)
    const outcome = await this.database.transaction(async () => {
      const { token, successor } = (await this.find(hash)) ?? { token: null, successor: null }
      const session =
        token && (await this.database.repository(SessionRecord).findOneBy({ id: token.sessionId }))
      const decision = decideRefresh(token, successor, session, now)
      if (!token || !session || decision === 'refuse') return { over: session }
      const presented = { token, session, next, now }
      if (decision === 'end-session') return { reused: await this.endReused(presented) }
      if (decision === 'rotate') await this.spend(presented)
      else await this.replaceSuccessor(presented)
      await this.tokens.makeCurrent(next.hash, session.id, now)
      return { renewed: await this.prolong(presented) }
    })
    if (outcome.renewed) return this.tokens.pairFor(outcome.renewed, next.token, now)
    if (outcome.reused) this.cache.forget(outcome.reused.accountId)
    throw sessionEnded((outcome.reused ?? outcome.over)?.endedBecause)
  }

  /**
   * Reads both in one statement. Between two, another exchange may replace the successor, and the owner's token would
   * look stolen.
   */
  private async find(hash: string): Promise<Found | null> {
    const [row] = await this.database.query<Row>(
      `SELECT t.hash, t.sessionId, t.currentKey, t.spentAt, t.successorHash,
              s.hash AS nextHash, s.currentKey AS nextKey, s.spentAt AS nextSpentAt
       FROM refresh_token t LEFT JOIN refresh_token s ON s.hash = t.successorHash
       WHERE t.hash = ?`,
      [hash],
    )
    if (!row) return null
    const { nextHash, nextKey, nextSpentAt, ...token } = row
    return { token, successor: nextHash === null ? null : { currentKey: nextKey, spentAt: nextSpentAt } }
  }

  private async spend({ token, next, now }: Presented): Promise<void> {
    const isOurs = await this.database.compareAndSet(
      `UPDATE refresh_token SET currentKey = NULL, spentAt = ?, successorHash = ?
       WHERE hash = ? AND currentKey IS NOT NULL`,
      [now, next.hash, token.hash],
    )
    if (!isOurs) throw raced()
  }

  /**
   * The answer with the successor was lost, so `next` replaces it. The window still counts from the first exchange.
   */
  private async replaceSuccessor({ token, next }: Presented): Promise<void> {
    const isUnused = await this.database.compareAndSet(
      'UPDATE refresh_token SET currentKey = NULL WHERE hash = ? AND currentKey IS NOT NULL',
      [token.successorHash],
    )
    const isOurs =
      isUnused &&
      (await this.database.compareAndSet(
        'UPDATE refresh_token SET successorHash = ? WHERE hash = ? AND successorHash = ?',
        [next.hash, token.hash, token.successorHash],
      ))
    if (!isOurs) throw raced()
  }

  private async prolong({ session, now }: Presented): Promise<SessionRecord> {
    const expiresAt = sessionEnd(session.startedAt, now, this.config)
    const holds = await this.database.compareAndSet(
      'UPDATE session SET expiresAt = ?, lastUsedAt = ? WHERE id = ? AND endedAt IS NULL',
      [expiresAt, now, session.id],
    )
    // The session has ended since it was read. When the phone asks again, it gets the reason.
    if (!holds) throw raced()
    return { ...session, expiresAt }
  }

  private async endReused({ token, session, now }: Presented): Promise<SessionRecord> {
    const endedBecause = 'token-reused'
    const isFirst = await this.database.compareAndSet(
      'UPDATE session SET endedAt = ?, endedBecause = ? WHERE id = ? AND endedAt IS NULL',
      [now, endedBecause, session.id],
    )
    if (isFirst) {
      this.logger.warn({ sessionId: session.id }, 'a refresh token came back after its use')
      await this.audit.record('account.token-reused', {
        actorId: session.accountId,
        unitId: null,
        subjectId: session.id,
        data: { token: stateOf(token) },
      })
    }
    return { ...session, endedBecause }
  }
}

const raced = () => new Conflict('auth.refresh-raced', '正在更新登录，请再试一次。')
