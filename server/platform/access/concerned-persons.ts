import { Injectable } from '@nestjs/common'
import type { Actor } from './actor.js'

/** Somebody whom a row is about, by what the row knows of them. */
export interface ConcernedPerson {
  memberId?: string | null
  accountId?: string | null
}

/** Finds whom a row is about; nobody when there is no such row. It need not ask who may see the row. */
export type FindConcerned = (id: string) => Promise<readonly ConcernedPerson[]>

/** Features whose routes name a row register here how to find the persons whom the row is about. */
@Injectable()
export class ConcernedPersons {
  private readonly finders = new Map<string, FindConcerned>()

  /** @param kind as `@AboutPerson({ through })` names it. @throws when two features take the same name */
  register(kind: string, find: FindConcerned): void {
    if (this.finders.has(kind)) throw new Error(`${kind} is registered already`)
    this.finders.set(kind, find)
  }

  has(kind: string): boolean {
    return this.finders.has(kind)
  }

  /** @throws when nobody has registered the kind */
  find(kind: string, id: string): Promise<readonly ConcernedPerson[]> {
    const find = this.finders.get(kind)
    if (!find) throw new Error(`nobody has registered whom a ${kind} is about`)
    return find(id)
  }
}

/** Whether the person is the actor: by their membership or by their account. For the `can` of a presenter too. */
export const isActor = (
  { accountId, membership }: Pick<Actor, 'accountId' | 'membership'>,
  person: ConcernedPerson,
): boolean =>
  person.accountId === accountId || (membership !== null && person.memberId === membership.memberId)
