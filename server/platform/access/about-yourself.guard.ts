import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { isId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import { ABOUT, type About, type PersonNamed } from './about.decorator.js'
import type { Actor } from './actor.js'
import { ConcernedPersons, isActor } from './concerned-persons.js'

type Request = Pick<FastifyRequest<{ Params: Record<string, string> }>, 'params' | 'body'> & { actor?: Actor }

/**
 * Refuses an actor who would decide about themselves. It tells nobody anything new: only the person concerned is
 * refused, and everybody else goes on to the service, which answers 404 for what is not theirs.
 */
@Injectable()
export class AboutYourself implements CanActivate {
  constructor(private readonly concerned: ConcernedPersons) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const about = Reflect.getMetadata(ABOUT, context.getHandler()) as About | undefined
    if (about?.whom !== 'person') return true
    const request = context.switchToHttp().getRequest<Request>()
    return request.actor ? this.isAboutOthers(request.actor, about, idsIn(request, about)) : true
  }

  /** @throws Conflict `access.about-yourself` */
  private async isAboutOthers(
    actor: Actor,
    { through, what }: PersonNamed,
    ids: readonly string[],
  ): Promise<true> {
    const found = through
      ? (await Promise.all(ids.map((id) => this.concerned.find(through, id)))).flat()
      : ids.map((memberId) => ({ memberId }))
    if (!found.some((person) => isActor(actor, person))) return true
    throw new Conflict('access.about-yourself', `不能办理自己的${what}，请由上级或另一位管理员办理。`)
  }
}

/** The ids that the request names; the body has not been checked yet, so it may hold anything. */
function idsIn({ params, body }: Request, named: PersonNamed): string[] {
  const value: unknown =
    'param' in named
      ? params[named.param]
      : (body as Record<string, unknown> | null | undefined)?.[named.field]
  return [value].flat().filter((id): id is string => typeof id === 'string' && isId(id))
}
