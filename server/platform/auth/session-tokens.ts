import { createHash, createSecretKey, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { JwtService } from '@nestjs/jwt'
import type { Session } from '../../contracts/platform/session.js'
import { Config } from '../config/config.js'
import { Database } from '../database/database.js'
import { RefreshToken } from './refresh-token.entity.js'

const REFRESH_TOKEN_BYTES = 32

export const hashOf = (refreshToken: string): string =>
  createHash('sha256').update(refreshToken).digest('base64url')

/**
 * Makes the two tokens of a session. The access token is signed and not stored; the refresh token is stored as a
 * hash.
 */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly database: Database,
    private readonly tokens: JwtService,
    private readonly config: Config,
  ) {}

  /** A new refresh token, not stored yet. */
  draw(): { token: string; hash: string } {
    const token = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url')
    return { token, hash: hashOf(token) }
  }

  /** Stores it as the session's current token. Call it in the transaction that spends or replaces the previous one. */
  async makeCurrent(hash: string, sessionId: string, issuedAt: Date): Promise<void> {
    await this.database
      .repository(RefreshToken)
      .insert({ hash, sessionId, currentKey: sessionId, issuedAt, spentAt: null, successorHash: null })
  }

  /** The two tokens and their expiry times, as the phone gets them. */
  async pairFor(
    session: { id: string; accountId: string; expiresAt: Date },
    refreshToken: string,
    now: Date,
  ): Promise<Session> {
    const iat = Math.floor(now.getTime() / 1000)
    // An access token does not outlive its session.
    const exp = Math.min(iat + this.config.accessSeconds, Math.floor(session.expiresAt.getTime() / 1000))
    const accessToken = await this.tokens.signAsync({ sub: session.accountId, sid: session.id, iat, exp })
    return {
      accessToken,
      accessExpiresAt: new Date(exp * 1000).toISOString(),
      refreshToken,
      refreshExpiresAt: session.expiresAt.toISOString(),
    }
  }
}

/** passport-jwt imports a string secret for every token; a KeyObject takes a fortieth of that time. */
export const tokenKey = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'))
