import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import { fastify, type FastifyInstance } from 'fastify'

/** Of an answer, not of security: they differ from answer to answer. */
const OF_THE_ANSWER = ['connection', 'content-length', 'content-type', 'date', 'keep-alive']

/**
 * Sends helmet's headers with every answer. They are the same each time, but the plugin works them out anew for
 * each request: here it is asked once.
 */
export async function installSecurityHeaders(
  server: FastifyInstance,
  options: FastifyHelmetOptions,
): Promise<void> {
  const headers = await headersOf(options)
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers)
    done()
  })
}

async function headersOf(options: FastifyHelmetOptions): Promise<Record<string, string>> {
  const asked = fastify()
  await asked.register(helmet, options)
  asked.get('/', () => '')
  const { headers } = await asked.inject('/')
  await asked.close()
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_THE_ANSWER.includes(name))
      .map(([name, value]) => [name, String(value)]),
  )
}
