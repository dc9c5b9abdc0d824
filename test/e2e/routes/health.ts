import { anybody, type RouteDescription } from './route.js'

/** What monitors ask. */
export const health: RouteDescription[] = [
  { route: 'GET /healthz', answers: anybody(200), about: 'nobody' },
  { route: 'GET /readyz', answers: anybody(200), about: 'nobody' },
  { route: 'GET /metrics', answers: anybody(200), about: 'nobody', withoutJson: true },
]
