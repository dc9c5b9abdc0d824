import type { FastifyInstance } from 'fastify'
import { ulid } from 'ulid'
import type { Metrics } from './metrics.js'
import { answerUnroutable } from './problem.filter.js'
import { MOST_ADDRESS_LENGTH } from './server-bounds.js'

/** A request id from a proxy is kept when it has this form. */
const FOREIGN_ID = /^[\w-]{8,64}$/

export const requestIdOf = (request: { headers: Record<string, unknown> }): string => {
  const foreign = request.headers['x-request-id']
  if (typeof foreign === 'string' && FOREIGN_ID.test(foreign)) return foreign
  // A request id is no secret and no key of a row, so the fast `Math.random` is enough.
  return ulid(undefined, Math.random)
}

interface RequestLog {
  info(details: object, message: string): void
}

/**
 * Sets the request id header, refuses an address that is too long, and adds one log line and one observation per
 * response. These are hooks, because middleware costs far more.
 */
export function installRequestHooks(server: FastifyInstance, metrics: Metrics, log: RequestLog): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id)
    if ((request.raw.url?.length ?? 0) > MOST_ADDRESS_LENGTH) {
      return answerUnroutable({ statusCode: 414 }, request, reply)
    }
    done()
  })
  server.addHook('onResponse', (request, reply, done) => {
    // The route pattern is logged, not the address: an address holds ids, and its query may hold a name.
    const route = request.routeOptions.url ?? 'unknown'
    const seconds = reply.elapsedTime / 1000
    metrics.requestSeconds.observe(
      { method: request.method, route, status: `${Math.floor(reply.statusCode / 100)}xx` },
      seconds,
    )
    log.info(
      {
        requestId: request.id,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    )
    done()
  })
}
