import type { RouteDescription } from '../route.js'
import { ROLES, type Role } from './two-counties.js'

export interface Expectation {
  role: Role
  inside: number
  outside: number
}

/** What each role is answered: with 401 and 403 where the description names none. */
export function expectationsOf({ answers }: RouteDescription): Expectation[] {
  return ROLES.map((role) => {
    const [inside = NaN, outside = inside] = String(answers[role] ?? (role === 'nobody' ? 401 : 403))
      .split('/')
      .map(Number)
    return { role, inside, outside }
  })
}

/** The first role whose call is accepted. */
export function admittedTo(description: RouteDescription): Role {
  const admitted = expectationsOf(description).find(({ inside }) => inside < 400)
  if (!admitted) throw new Error(`${description.route} accepts nobody’s call`)
  return admitted.role
}
