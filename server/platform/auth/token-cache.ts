import { Injectable } from '@nestjs/common'
import type { Actor } from '../access/actor.js'
import { Clock } from '../config/clock.js'

/** Long enough to spare a burst of requests the work, short enough that signing out holds everywhere soon. */
const TRUSTED_MS = 5_000
/** Of one generation: a crowd beyond it is looked at again a little earlier. */
const MOST = 10_000

type Entries = Map<string, { actor: Actor; until: number }>

/** When a look-up began, and what had been forgotten by then. */
export interface LookUp {
  at: number
  epoch: number
}

/**
 * Who tokens stand for, for the few seconds that this is trusted. Entries are kept in two generations: when the younger
 * one has lasted as long as trust does, the older one, in which nothing is trusted any more, is dropped whole.
 */
@Injectable()
export class TokenCache {
  private younger: Entries = new Map()
  private older: Entries = new Map()
  private turnAt = 0
  private forgotten = 0

  constructor(private readonly clock: Clock) {}

  get(header: string): Actor | undefined {
    const entry = this.younger.get(header) ?? this.older.get(header)
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
    this.turn()
    this.younger.set(header, { actor, until: Math.min(at + TRUSTED_MS, expiresAt.getTime()) })
  }

  /** What an account may do has changed: the next request looks again. Other processes follow within seconds. */
  forget(accountId: string): void {
    this.forgotten += 1
    for (const entries of [this.younger, this.older]) {
      for (const [header, { actor }] of entries) if (actor.accountId === accountId) entries.delete(header)
    }
  }

  private turn(): void {
    const now = this.clock.now().getTime()
    if (now < this.turnAt && this.younger.size < MOST) return
    this.older = this.younger
    this.younger = new Map()
    this.turnAt = now + TRUSTED_MS
  }
}
