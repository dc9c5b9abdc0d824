import type { OPENIDS } from '../../support/village.js'
import type { Field } from './fields.js'
import type { Role } from './stage/two-counties.js'
import type { Chosen, ChosenOfOneself, NamedFile } from './stage/scene.js'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One status holds inside and outside the scope; `200/404` is inside/outside. */
export type Status = number | `${number}/${number}`

/** What a command that creates something has against being done twice. */
export type Repeated =
  /** It takes an `Idempotency-Key`. `another` holds fields that make it another command; without it, another id does. */
  | { underKey: true; another?: Record<string, Chosen<unknown>> }
  /** It takes no such key, and this is what it has instead. */
  | { instead: string }

/**
 * All that the generic suites have to know of one route, written by hand: this is the specification, the server has to agree. A route
 * that is missing here, or says too little, fails `route-descriptions.complete.spec.ts`.
 */
export interface RouteDescription {
  /** As openapi.json writes it: `GET /api/v1/units/{id}/dues-policy`. */
  route: `${Method} /${string}`

  /** The permission at the door. None: anybody may call it. */
  permission?: string

  /**
   * What each role is answered. Roles that are not named get 403, and 401 without a token. Outside is another branch for the
   * secretary, another county for officer and superior, and what belongs to somebody else for what is one's own.
   */
  answers: Partial<Record<Role, Status>>

  /**
   * Whose data it shows or changes: nobody's, the caller's own, or that of people and units in the caller's scope. A route without a
   * token speaks for whoever its body names: then it is this person of the cast.
   */
  about: 'nobody' | 'self' | 'scope' | keyof typeof OPENIDS

  /** Done before the values of a call are chosen. */
  before?: Chosen<unknown>
  /** The ids in the path, by the names of their places. */
  path?: Record<string, Chosen<string>>
  /** Every parameter of the query. Those without a value are left out of the call. */
  query?: Record<string, Field>
  /** Every field of the body. Those without a value are left out of the call. */
  body?: Record<string, Field>
  /** Makes the body a form with this file. */
  file?: Chosen<NamedFile>
  headers?: Record<string, Chosen<string>>

  /**
   * Needed for every route with `@AboutPerson`: the ids and fields by which the call is about the caller, in place of those above.
   * A field that is undefined here is left out. Everything else of the call stays, so that another holder of the permission is let through with it.
   */
  asOneself?: { path?: Record<string, ChosenOfOneself>; body?: Record<string, ChosenOfOneself | undefined> }

  /** The tables it writes when it accepts a call; none when it only reads. The calls of the suites have to write each of them. */
  writes?: readonly string[]
  /** Tables that it may write too, and why the calls of the suites do not. */
  writesSometimes?: Readonly<Record<string, string>>
  /** Why what it writes leaves no event; every other accepted call that writes has to leave one. */
  withoutEvent?: string
  /** Tables that it may write although it refuses the call, and when it does. The calls of the suites need not. */
  writesRefused?: Readonly<Record<string, string>>
  /** Needed for every POST. */
  repeated?: Repeated

  /** It answers a file, plain text or nothing. */
  withoutJson?: true
  /**
   * Needed for every GET that names nothing and is about somebody: the queries under which it is read, by the caller's own branch to
   * find people and units in it, and by others to find none of them. Some show figures only.
   */
  list?: readonly string[] | 'figures only'
  /** Why the full numbers of people may stand in what it answers. */
  uncovers?: string
  /** Codes of refusals that repeat on purpose what was sent. */
  echoes?: readonly string[]
  /** What the call ends: the session it is made in, or those on other phones or all of the account too. */
  ends?: 'own session' | 'other sessions' | 'all sessions'
  /** Why openapi.json does not name it; then the generic suites only ask who may call it. */
  undescribed?: string
}

/** The same for every role. */
export const anybody = (status: Status): Record<Role, Status> => ({
  nobody: status,
  ...signedIn(status),
})

/** The same for everybody who is signed in. */
export const signedIn = (status: Status): Record<Exclude<Role, 'nobody'>, Status> => ({
  account: status,
  member: status,
  secretary: status,
  officer: status,
  administrator: status,
  superior: status,
})
