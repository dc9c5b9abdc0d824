import { createSecretKey } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { JwtService } from '@nestjs/jwt'
import { IsNull } from 'typeorm'
import type { Session, StartSession } from '../../contracts/session.js'
import { Access } from '../access/access.js'
import type { Actor } from '../access/actor.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { newId } from '../database/ids.js'
import { Conflict, Unauthenticated } from '../http/errors.js'
import { WechatApi } from '../wechat/wechat-api.js'
import { AccountRecord } from './account.entity.js'
import { Accounts } from './accounts.js'
import { Consent } from './consent.entity.js'
import { PRIVACY_STATEMENT } from './privacy.js'
import { RosterLookup } from './roster-lookup.js'
import { SessionRecord } from './session.entity.js'

const ENDED = '登录已失效，请重新进入小程序。'

/** Signing in with WeChat, and who a token stands for. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly wechat: WechatApi,
    private readonly roster: RosterLookup,
    private readonly access: Access,
    private readonly audit: Audit,
    private readonly tokens: JwtService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Nothing about a person is stored before this call, which carries their consent. */
  async start({ code, privacyVersion }: StartSession): Promise<Session> {
    if (privacyVersion !== PRIVACY_STATEMENT.version) {
      throw new Conflict('privacy.new-version', '个人信息保护说明有更新，请重新阅读并同意。')
    }
    const { openid, unionid } = await this.wechat.exchangeLoginCode(code)
    const startedAt = this.clock.now()
    const expiresAt = new Date(startedAt.getTime() + this.config.sessionSeconds * 1000)
    const sessionId = newId()
    const accountId = await this.database.atomically(async () => {
      const accountId = await this.accounts.forOpenid(openid, unionid)
      await this.database
        .repository(SessionRecord)
        .insert({ id: sessionId, accountId, startedAt, expiresAt, endedAt: null })
      await this.agree(accountId, privacyVersion, startedAt)
      await this.audit.record('account.signed-in', { actorId: accountId, unitId: null, subjectId: sessionId })
      return accountId
    })
    const token = await this.tokens.signAsync(
      { sub: accountId, sid: sessionId },
      { expiresIn: this.config.sessionSeconds },
    )
    return { token, expiresAt: expiresAt.toISOString() }
  }

  /** @throws Unauthenticated when the session was ended or has expired */
  async actorOf(accountId: string, sessionId: string): Promise<Actor> {
    const session = await this.database
      .repository(SessionRecord)
      .findOneBy({ id: sessionId, accountId, endedAt: IsNull() })
    const account = session && (await this.database.repository(AccountRecord).findOneBy({ id: accountId }))
    if (!account || session.expiresAt <= this.clock.now())
      throw new Unauthenticated('auth.session-ended', ENDED)
    return {
      accountId,
      sessionId,
      openid: account.openid,
      membership: await this.roster.membershipOf(accountId),
      grants: await this.access.grantsOf(accountId),
    }
  }

  async end(actor: Actor): Promise<void> {
    await this.database
      .repository(SessionRecord)
      .update({ id: actor.sessionId, endedAt: IsNull() }, { endedAt: this.clock.now() })
  }

  /** Takes the consent back: every session ends and the account is no longer anybody on the roster. */
  async withdrawConsent(actor: Actor): Promise<void> {
    const { accountId } = actor
    const now = this.clock.now()
    await this.database.atomically(async () => {
      await this.database
        .repository(Consent)
        .update({ accountId, withdrawnAt: IsNull() }, { withdrawnAt: now })
      await this.database.repository(SessionRecord).update({ accountId, endedAt: IsNull() }, { endedAt: now })
      await this.roster.release(accountId)
      await this.audit.record('account.consent-withdrawn', {
        actorId: accountId,
        unitId: null,
        subjectId: accountId,
      })
    })
  }

  private async agree(accountId: string, privacyVersion: number, agreedAt: Date): Promise<void> {
    const consents = this.database.repository(Consent)
    if (await consents.existsBy({ accountId, privacyVersion, withdrawnAt: IsNull() })) return
    await consents.insert({ id: newId(), accountId, privacyVersion, agreedAt, withdrawnAt: null })
  }
}

/** passport-jwt imports a string secret anew for every token; a KeyObject costs a fortieth of that. */
export const tokenKey = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'))
