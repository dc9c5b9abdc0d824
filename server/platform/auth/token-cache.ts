import { Injectable } from '@nestjs/common'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../access/actor.js'
import { Clock } from '../config/clock.js'

/**
 * Ms for which a checked token is trusted: a burst of requests is checked once, and a sign-out holds everywhere soon.
 */
const TRUSTED_MS = 5_000
/** Entries at most. Beyond that the entry that was unused for longest is dropped and its token is checked again. */
const MOST = 20_000

/** When a look-up began, in ms since 1970, and how often `forget` had been called by then. */
export interface LookUp {
  at: number
  epoch: number
}

interface Entry {
  actor: Actor
  /** First millisecond, since 1970, in which the entry is not trusted any more. */
  until: number
}

/**
 * The actors of tokens that were checked in the last 5 s. Each entry keeps its own end, because the library's `ttl`
 * includes its last millisecond and a `ttl` of 0 never ends.
 */
@Injectable()
export class TokenCache {
  private readonly entries = new LRUCache<string, Entry>({ max: MOST })
  private sweepAt = 0
  private forgotten = 0

  constructor(private readonly clock: Clock) {}

  /** How many entries are kept in memory, trusted or not. */
  get size(): number {
    return this.entries.size
  }

  get(header: string): Actor | undefined {
    const entry = this.entries.get(header)
    if (!entry || entry.until <= this.clock.now().getTime()) return undefined
    return entry.actor
  }

  /**
   * Call it before looking an actor up, and pass the result to `set`. `set` drops an actor that was looked up before
   * a change. Trust counts from the start of the look-up, because another process may end the session meanwhile.
   */
  lookUp(): LookUp {
    return { at: this.clock.now().getTime(), epoch: this.forgotten }
  }

  /** @param expiresAt end of the token; the entry is not trusted beyond it */
  set(header: string, actor: Actor, expiresAt: Date, { at, epoch }: LookUp): void {
    if (epoch !== this.forgotten) return
    this.sweep()
    this.entries.set(header, { actor, until: Math.min(at + TRUSTED_MS, expiresAt.getTime()) })
  }

  /**
   * Call it when what an account may do has changed: its next request is checked again. Other processes follow within
   * 5 s.
   */
  forget(accountId: string): void {
    this.forgotten += 1
    this.deleteWhere(({ actor }) => actor.accountId === accountId)
  }

  /** Drops entries that are no longer trusted, at most once in 5 s, so that a quiet server does not keep them. */
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
