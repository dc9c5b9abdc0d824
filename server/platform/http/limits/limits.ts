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

/** Counts requests against budgets: in Redis when it is configured and answers, else in this process. */
export class Limits {
  private readonly limiters = new Map<string, { budget: Budget; limiter: RateLimiterAbstract }>()

  constructor(private readonly client: Redis | undefined) {}

  /**
   * Prepares counting against these budgets.
   * @throws Error when two different budgets have the same name, because they would be counted together
   */
  prepare(budgets: readonly Budget[]): void {
    for (const budget of budgets) {
      const known = this.limiters.get(budget.name)
      if (!known) this.limiters.set(budget.name, { budget, limiter: limiterOf(budget, this.client) })
      else if (known.budget !== budget) throw new Error(`two budgets are called ${budget.name}`)
    }
  }

  /** @returns the budget that is used up and the seconds to wait; of several, the one with the longest wait */
  spend(budgets: readonly Budget[], spender: Spender): Promise<Exceeded | undefined> {
    const tries: Array<Promise<Exceeded | undefined>> = []
    for (const budget of budgets) {
      const key = spender[budget.by]
      const known = this.limiters.get(budget.name)
      if (key !== undefined && known) tries.push(take(known.limiter, budget, key))
    }
    return Promise.all(tries).then(longest)
  }
}

/** Every request calls this, some of them several times, so it creates as few promises as possible. */
function take(limiter: RateLimiterAbstract, budget: Budget, key: string): Promise<Exceeded | undefined> {
  return limiter.consume(key).then(
    () => undefined,
    (reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason
      return { budget, waitSeconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) }
    },
  )
}

function longest(tries: Array<Exceeded | undefined>): Exceeded | undefined {
  let worst: Exceeded | undefined
  for (const exceeded of tries) {
    if (exceeded && exceeded.waitSeconds > (worst?.waitSeconds ?? 0)) worst = exceeded
  }
  return worst
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
    // A spender whose budget is used up is refused without asking Redis again.
    inMemoryBlockOnConsumed: most,
  })
}
