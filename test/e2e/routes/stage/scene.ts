import type { Caller } from '../../../support/world.js'
import type { Role, TwoCounties } from './two-counties.js'

/** Where the thing lies that a call is about: `nowhere` is an id like others that nothing has. */
export type Side = 'inside' | 'outside' | 'nowhere'

/** Who makes a call, and about what: the values of a call are chosen by it. */
export interface Scene {
  counties: TwoCounties
  role: Role
  side: Side
  /** Whoever plays the role; without a token for `nobody`. */
  caller: Caller
  /** Makes a thing once and hands it out until a command was accepted, which may have changed it. */
  kept<T>(name: string, make: () => Promise<T>): Promise<T>
}

/** Chooses a value for a call. */
export type Chosen<T> = (scene: Scene) => T | Promise<T>

/** The caller as a person on the roster, who holds what the role holds. */
export interface Oneself {
  memberId: string
  accountId: string
}

/** Chooses a value by which a call is about its caller. */
export type ChosenOfOneself = (scene: Scene, oneself: Oneself) => string | Promise<string>

export interface NamedFile {
  name: string
  bytes: Buffer
}
