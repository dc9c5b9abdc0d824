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

/** Makes the two tokens of a session: the access token is signed and stored nowhere, of the other a hash is kept. */
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

  /** Stores it as the session's current one. Belongs into the transaction that took the place of the one before. */
  async makeCurrent(hash: string, sessionId: string, issuedAt: Date): Promise<void> {
    await this.database
      .repository(RefreshToken)
      .insert({ hash, sessionId, currentKey: sessionId, issuedAt, spentAt: null, successorHash: null })
  }

  /** What the phone is told. */
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

/** passport-jwt imports a string secret anew for every token; a KeyObject costs a fortieth of that. */
export const tokenKey = (base64: string) => createSecretKey(Buffer.from(base64, 'base64'))
