import { approvals } from './approvals.js'
import { bindings } from './bindings.js'
import { devices } from './devices.js'
import { dues } from './dues.js'
import { disclosureAlerts } from './disclosure-alerts.js'
import { fullExports } from './exports.js'
import { generations } from './generations.js'
import { health } from './health.js'
import { home } from './home.js'
import { ledger } from './ledger.js'
import { members } from './members.js'
import { pins } from './pins.js'
import { payments } from './payments.js'
import { rosterImports } from './roster-imports.js'
import { posts } from './posts.js'
import { roles } from './roles.js'
import type { RouteDescription } from './route.js'
import { sessions } from './sessions.js'
import { units } from './units.js'

/** Every route there is. */
export const descriptions: readonly RouteDescription[] = [
  ...health,
  ...sessions,
  ...devices,
  ...home,
  ...units,
  ...members,
  ...posts,
  ...bindings,
  ...roles,
  ...approvals,
  ...disclosureAlerts,
  ...pins,
  ...dues,
  ...ledger,
  ...fullExports,
  ...generations,
  ...payments,
  ...rosterImports,
]

/** A description as the generic suites go through them: by a name of its own. */
export type NamedRoute = RouteDescription & { name: string }

/**
 * What the generic suites go through: the descriptions, and with ROUTES_TIMES=5 four copies of them under other names, to see how long
 * the suites will take when there are five times as many routes. What ends sessions comes last.
 */
export const routes: readonly NamedRoute[] = Array.from(
  { length: Number(process.env['ROUTES_TIMES'] ?? 1) },
  (_, copy) =>
    descriptions.map((description) => ({
      ...description,
      name: copy === 0 ? description.route : `${description.route} (copy ${copy})`,
    })),
)
  .flat()
  .sort((one, other) => Number(Boolean(one.ends)) - Number(Boolean(other.ends)))

/** Those that openapi.json names. */
export const describedRoutes: readonly NamedRoute[] = routes.filter(({ undescribed }) => !undescribed)
