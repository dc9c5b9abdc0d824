import type { FastifyInstance } from 'fastify'
import { TooMany } from '../errors.js'
import type { Metrics } from '../metrics.js'
import { answerProblem } from '../problem.filter.js'
import { addressKey } from './address-key.rules.js'
import { budgetsOf, type Budget } from './budgets.rules.js'
import type { Limits } from './limits.js'

/** @returns the account whose valid token this header carries: an account that is merely claimed must not count */
export type AccountOf = (authorization: string) => string | undefined

/**
 * Refuses with 429 what goes beyond a budget, before the body is read. A hook, because middleware costs far more.
 * Call before the routes are registered: each brings its own budgets (`@Limited`).
 */
export function installLimits(
  server: FastifyInstance,
  general: readonly Budget[],
  limits: Limits,
  accountOf: AccountOf,
  metrics: Metrics,
): void {
  server.addHook('onRoute', ({ config }) => limits.prepare(budgetsOf(config?.limits, general)))
  server.addHook('onRequest', (request, reply, done) => {
    const budgets = budgetsOf(request.routeOptions.config.limits, general)
    if (budgets.length === 0) return done()
    const { authorization } = request.headers
    const spender = {
      address: addressKey(request.ip),
      account: authorization === undefined ? undefined : accountOf(authorization),
    }
    limits.spend(budgets, spender).then(
      (exceeded) => {
        if (!exceeded) return done()
        metrics.limitedRequests.inc({ budget: exceeded.budget.name })
        void reply.header('retry-after', exceeded.waitSeconds)
        answerProblem(new TooMany(exceeded.waitSeconds), request, reply)
      },
      // Counting must not stand in the way of work.
      () => done(),
    )
  })
}
