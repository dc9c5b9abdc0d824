import { Injectable } from '@nestjs/common'
import { IsNull } from 'typeorm'
import { PrivacyStatement } from '../../contracts/platform/privacy.js'
import type { Session, StartSession } from '../../contracts/platform/session.js'
import type { Actor } from '../access/actor.js'
import { Grants, heldBy } from '../access/grants.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import { WechatApi } from '../wechat/wechat-api.js'
import { Accounts } from './accounts.js'
import { Consent } from './consent.entity.js'
import { MembershipLookup } from './membership-lookup.js'
import { sessionEnded } from './session-ended.error.js'
import { SessionRecord } from './session.entity.js'
import { endingOf, sessionEnd, type SessionSpan } from './session.rules.js'
import { SessionTokens } from './session-tokens.js'
import { TokenCache } from './token-cache.js'

/** Signs accounts in with WeChat, and finds the actor of a token. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly wechat: WechatApi,
    private readonly memberships: MembershipLookup,
    private readonly grants: Grants,
    private readonly audit: Audit,
    private readonly tokens: SessionTokens,
    private readonly cache: TokenCache,
    private readonly privacy: PrivacyStatement,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Signs in. Nothing about a person is stored before this call, which carries their consent.
   * @throws Conflict `privacy.new-version` when the consent is to another version of the privacy statement
   */
  async start({ code, privacyVersion, deviceName }: StartSession): Promise<Session> {
    if (privacyVersion !== this.privacy.version) {
      throw new Conflict('privacy.new-version', '个人信息保护说明有更新，请重新阅读并同意。')
    }
    const { openid, unionid } = await this.wechat.exchangeLoginCode(code)
    const startedAt = this.clock.now()
    const refresh = this.tokens.draw()
    const session = await this.database.transaction(async () => {
      const accountId = await this.accounts.forOpenid(openid, unionid)
      const session: SessionRecord = {
        id: newId(),
        accountId,
        startedAt,
        expiresAt: sessionEnd(startedAt, startedAt, this.config),
        endedAt: null,
        endedBecause: null,
        lastUsedAt: null,
        deviceName: deviceName?.trim() || null,
      }
      await this.database.repository(SessionRecord).insert(session)
      await this.tokens.makeCurrent(refresh.hash, session.id, startedAt)
      await this.agree(accountId, privacyVersion, startedAt)
      await this.audit.record('account.signed-in', {
        actorId: accountId,
        unitId: null,
        subjectId: session.id,
      })
      return session
    })
    return this.tokens.pairFor(session, refresh.token, startedAt)
  }

  /** @throws Unauthenticated when the session was ended or has expired */
  async actorOf(accountId: string, sessionId: string): Promise<Actor> {
    // Nearly every request waits for these three queries; sent together they take one round trip.
    const [session, membership, grants] = await Promise.all([
      this.spanOf(accountId, sessionId),
      this.memberships.membershipOf(accountId),
      this.grants.ofAccount(accountId),
    ])
    if (!session || endingOf(session, this.clock.now()) !== null) throw sessionEnded(session?.endedBecause)
    return { accountId, sessionId, openid: session.openid, membership, grants: heldBy(membership, grants) }
  }

  async end({ accountId, sessionId }: Actor): Promise<void> {
    await this.database.transaction(async () => {
      const isFirst = await this.database.compareAndSet(
        `UPDATE session SET endedAt = ?, endedBecause = 'signed-out' WHERE id = ? AND endedAt IS NULL`,
        [this.clock.now(), sessionId],
      )
      if (!isFirst) return
      await this.audit.record('account.signed-out', {
        actorId: accountId,
        unitId: null,
        subjectId: sessionId,
      })
    })
    this.cache.forget(accountId)
  }

  /** Withdraws the consent: every session of the account ends, and so does its membership. */
  async withdrawConsent(actor: Actor): Promise<void> {
    const { accountId } = actor
    const now = this.clock.now()
    await this.database.transaction(async () => {
      await this.database
        .repository(Consent)
        .update({ accountId, withdrawnAt: IsNull() }, { withdrawnAt: now })
      await this.database
        .repository(SessionRecord)
        .update({ accountId, endedAt: IsNull() }, { endedAt: now, endedBecause: 'consent-withdrawn' })
      await this.memberships.release(accountId)
      await this.audit.record('account.consent-withdrawn', {
        actorId: accountId,
        unitId: null,
        subjectId: accountId,
      })
    })
    this.cache.forget(accountId)
  }

  private async spanOf(
    accountId: string,
    sessionId: string,
  ): Promise<(SessionSpan & { openid: string }) | undefined> {
    const [row] = await this.database.queryPrepared<SessionSpan & { openid: string }>(
      `SELECT s.startedAt, s.expiresAt, s.endedAt, s.endedBecause, a.openid
       FROM session s JOIN account a ON a.id = s.accountId WHERE s.id = ? AND s.accountId = ?`,
      [sessionId, accountId],
    )
    return row
  }

  private async agree(accountId: string, privacyVersion: number, agreedAt: Date): Promise<void> {
    const consents = this.database.repository(Consent)
    if (await consents.existsBy({ accountId, privacyVersion, withdrawnAt: IsNull() })) return
    await consents.insert({ id: newId(), accountId, privacyVersion, agreedAt, withdrawnAt: null })
  }
}
