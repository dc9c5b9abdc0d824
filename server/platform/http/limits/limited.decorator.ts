import { RouteConfig } from '@nestjs/platform-fastify'
import type { Budget, RouteLimits } from './budgets.rules.js'

declare module 'fastify' {
  interface FastifyContextConfig {
    limits?: RouteLimits
  }
}

const says = (limits: RouteLimits): MethodDecorator => RouteConfig({ limits })

/** For an expensive route: each request also counts against this budget. Routes that name the same budget share it. */
export const Limited = (budget: Budget) => says({ general: true, budgets: [budget] })

/** For a route that other programs call: each request counts against this budget instead of the general ones. */
export const LimitedApart = (budget: Budget) => says({ general: false, budgets: [budget] })

/** A route for monitors: its requests are not counted. */
export const Unlimited = () => says({ general: false, budgets: [] })
