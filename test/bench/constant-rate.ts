import { Agent, get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Caller, Load } from './load.js'
import { openLoad } from './open-load.js'
import { quantile } from './statistics.js'

/** More than a server needs that keeps up; one that does not lets requests wait for a connection, which counts. */
const MOST_CONNECTIONS = 200
const GIVES_UP_AFTER_MS = 60_000

/**
 * Asks one address so many times a second, whether or not it has answered, for each caller in turn.
 * @returns milliseconds from the moment when each request was due
 * @throws when an answer was not 200
 */
export async function askAtConstantRate(
  url: string,
  callers: readonly Caller[],
  options: { perSecond: number; seconds: number },
): Promise<Pick<Load, 'p50' | 'p99'>> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS })
  try {
    const until = pause(options.seconds * 1000)
    const times = await openLoad(options.perSecond, until, (index) =>
      ask(url, agent, callers[index % callers.length]?.token ?? ''),
    )
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
  } finally {
    agent.destroy()
  }
}

/** `fetch` would cost the load as much processor time as the server needs for the answer. */
function ask(url: string, agent: Agent, token: string): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume()
      response.once('error', reject)
      response.once('end', () =>
        response.statusCode === 200
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`${url}: ${response.statusCode}`)),
      )
    })
    request.setTimeout(GIVES_UP_AFTER_MS, () =>
      request.destroy(new Error(`${url}: no answer within ${GIVES_UP_AFTER_MS / 1000} s`)),
    )
    request.once('error', reject)
  })
}
