import type { FastifyInstance } from 'fastify'
import { TooMany } from '../errors.js'
import type { Metrics } from '../metrics.js'
import { answerProblem } from '../problem.filter.js'
import { addressKey } from './address-key.rules.js'
import { budgetsOf, type Budget } from './budgets.rules.js'
import type { Limits } from './limits.js'

/** @returns the account of a valid token in this header; the account of an invalid token must not be counted */
export type AccountOf = (authorization: string) => string | undefined

/**
 * Refuses a request beyond a budget with 429, before its body is read. It is a hook, because middleware costs far
 * more. Call it before the routes are registered, because each route may declare its own budgets (`@Limited`).
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
      // When counting fails, the request is still answered.
      () => done(),
    )
  })
}
