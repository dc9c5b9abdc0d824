import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../access/actor.js'
import { Clock } from '../config/clock.js'

/** Long enough to spare a burst of requests the work, short enough that signing out holds everywhere soon. */
const TRUSTED_MS = 5_000
/** Of a crowd beyond it, those who asked longest ago are looked at again a little earlier. */
const MOST = 20_000

/** When a look-up began, and what had been forgotten by then. */
export interface LookUp {
  at: number
  epoch: number
}

interface Entry {
  actor: Actor
  /** First millisecond in which it is not trusted any more. */
  until: number
}

/**
 * Who tokens stand for, for the few seconds that this is trusted. The end is kept with the entry: the `ttl` of the
 * library includes its last millisecond, and one of 0 is for ever.
 */
@Injectable()
export class TokenCache {
  private readonly entries = new LRUCache<string, Entry>({ max: MOST })
  private sweepAt = 0
  private forgotten = 0

  constructor(private readonly clock: Clock) {}

  /** How many entries are kept, trusted or not: what this takes of the memory. */
  get size(): number {
    return this.entries.size
  }

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
    this.sweep()
    this.entries.set(header, { actor, until: Math.min(at + TRUSTED_MS, expiresAt.getTime()) })
  }

  /** What an account may do has changed: the next request looks again. Other processes follow within seconds. */
  forget(accountId: string): void {
    this.forgotten += 1
    this.deleteWhere(({ actor }) => actor.accountId === accountId)
  }

  /** Drops what is trusted no more, once in the time that trust lasts: an idle server keeps no crowd of the morning. */
  private sweep(): void {
    const now = this.clock.now().getTime()
    if (now < this.sweepAt) return
    this.sweepAt = now + TRUSTED_MS
    this.deleteWhere(({ until }) => until <= now)
  }

  private deleteWhere(isOver: (entry: Entry) => boolean): void {
    for (const [header, entry] of [...this.entries.entries()]) if (isOver(entry)) this.entries.delete(header)
  }
}
