import { Injectable } from '@nestjs/common'
import type { Actor } from '../access/actor.js'
import { Clock } from '../config/clock.js'

/** Long enough to spare a burst of requests the work, short enough that signing out holds everywhere soon. */
const TRUSTED_MS = 5_000
const MOST = 10_000

/** When a look-up began, and what had been forgotten by then. */
export interface LookUp {
  at: number
  epoch: number
}

@Injectable()
export class TokenCache {
  private readonly entries = new Map<string, { actor: Actor; until: number }>()
  private forgotten = 0

  constructor(private readonly clock: Clock) {}

  get(header: string): Actor | undefined {
    const entry = this.entries.get(header)
    if (!entry || entry.until <= this.clock.now().getTime()) return undefined
    return entry.actor
  }

  /**
   * Take it before looking an actor up, and hand it to `set`: what was looked up before a change is not kept, and
   * trust counts from when the look-up began, because the session may have been ended elsewhere while it went on.
   */
  lookUp(): LookUp {
    return { at: this.clock.now().getTime(), epoch: this.forgotten }
  }

  /** @param expiresAt end of the token, beyond which it is not trusted however lately it was looked at */
  set(header: string, actor: Actor, expiresAt: Date, { at, epoch }: LookUp): void {
    if (epoch !== this.forgotten) return
    if (this.entries.size >= MOST) this.entries.clear()
    this.entries.set(header, { actor, until: Math.min(at + TRUSTED_MS, expiresAt.getTime()) })
  }

  /** What an account may do has changed: the next request looks again. Other processes follow within seconds. */
  forget(accountId: string): void {
    this.forgotten += 1
    for (const [header, { actor }] of this.entries) {
      if (actor.accountId === accountId) this.entries.delete(header)
    }
  }
}
