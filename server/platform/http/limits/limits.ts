import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible'
import type { Redis } from 'ioredis'
import type { Budget } from './budgets.rules.js'

export interface Exceeded {
  budget: Budget
  waitSeconds: number
}

/** Who a request is counted for; an account only when its token was verified. */
export interface Spender {
  address: string
  account: string | undefined
}

/** Counts requests against budgets: in Redis where there is one that answers, else in this process. */
export class Limits {
  private readonly limiters: Map<string, RateLimiterAbstract>

  constructor(budgets: readonly Budget[], client: Redis | undefined) {
    this.limiters = new Map(budgets.map((budget) => [budget.name, limiterOf(budget, client)]))
  }

  /** @returns the budget that is used up and how long it stays so, the longest when there are several */
  async spend(budgets: readonly Budget[], spender: Spender): Promise<Exceeded | undefined> {
    const tries: Array<Promise<Exceeded | undefined>> = []
    for (const budget of budgets) {
      const key = spender[budget.by]
      if (key !== undefined) tries.push(this.take(budget, key))
    }
    let worst: Exceeded | undefined
    for (const exceeded of await Promise.all(tries)) {
      if (exceeded && exceeded.waitSeconds > (worst?.waitSeconds ?? 0)) worst = exceeded
    }
    return worst
  }

  private async take(budget: Budget, key: string): Promise<Exceeded | undefined> {
    try {
      await this.limiters.get(budget.name)?.consume(key)
      return undefined
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason
      return { budget, waitSeconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) }
    }
  }
}

function limiterOf({ name, most, seconds }: Budget, client: Redis | undefined): RateLimiterAbstract {
  const options = { keyPrefix: `zhibu:${name}`, points: most, duration: seconds }
  const here = new RateLimiterMemory(options)
  if (!client) return here
  return new RateLimiterRedis({
    ...options,
    storeClient: client,
    rejectIfRedisNotReady: true,
    insuranceLimiter: here,
    // Who has used up the budget is refused without asking Redis again.
    inMemoryBlockOnConsumed: most,
  })
}
