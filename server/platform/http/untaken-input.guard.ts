import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common'
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js'
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js'
import type { FastifyRequest } from 'fastify'
import { unknownFields } from './validation.js'

/** Whether a route takes a query and a body. */
interface Taken {
  query: boolean
  body: boolean
}

/**
 * Refuses fields in the query or body of a route that takes none. The contract pipe is asked only about what a route takes, so
 * without this a filter or a reason would be passed over in silence. A guard, because an interceptor costs every request a pass
 * through rxjs.
 */
@Injectable()
export class UntakenInput implements CanActivate {
  private readonly known = new Map<unknown, Taken>()

  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>()
    const taken = this.takenBy(context)
    const untaken = [...(taken.query ? [] : namesIn(query)), ...(taken.body ? [] : namesIn(body))]
    if (untaken.length > 0) throw unknownFields(untaken)
    return true
  }

  private takenBy(context: ExecutionContext): Taken {
    const handler = context.getHandler()
    const known = this.known.get(handler)
    if (known) return known
    const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) as
      object | undefined
    const kinds = Object.keys(args ?? {}).map((key) => Number(key.split(':')[0]))
    const taken = {
      query: kinds.includes(RouteParamtypes.QUERY),
      // Whatever takes the whole request reads the body itself: an upload, a notification.
      body: kinds.includes(RouteParamtypes.BODY) || kinds.includes(RouteParamtypes.REQUEST),
    }
    this.known.set(handler, taken)
    return taken
  }
}

const namesIn = (input: unknown): string[] =>
  typeof input === 'object' && input !== null ? Object.keys(input) : []
