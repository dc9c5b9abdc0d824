import autocannon from 'autocannon'
import { quantile } from './statistics.js'

export interface Caller {
  token: string
}

export interface Load {
  requestsPerSecond: number
  /** Milliseconds. */
  p50: number
  p99: number
  requests: number
}

/**
 * Asks one address for some seconds, every connection by its own order of callers.
 * @throws when an answer was not 2xx
 */
export async function load(
  url: string,
  callers: readonly Caller[],
  options: { connections: number; seconds: number },
): Promise<Load> {
  const requests = callers.map(({ token }) => ({ headers: { authorization: `Bearer ${token}` } }))
  let connection = 0
  const times: number[] = []
  const { duration } = await cannonade(
    {
      url,
      connections: options.connections,
      duration: options.seconds,
      requests,
      setupClient: (client) => {
        const first = Math.floor((connection++ * requests.length) / options.connections)
        client.setRequests([...requests.slice(first), ...requests.slice(0, first)])
      },
    },
    // Its own histogram knows whole milliseconds only.
    (milliseconds) => times.push(milliseconds),
  )
  return {
    requestsPerSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    requests: times.length,
  }
}

/**
 * Runs autocannon.
 * @param onAnswer is told the milliseconds of each answer
 * @throws at the first connection that breaks, and afterwards when an answer was not 2xx; with what went wrong
 */
export async function cannonade(
  options: autocannon.Options & { url: string },
  onAnswer: (milliseconds: number) => void = () => undefined,
): Promise<autocannon.Result> {
  const broken: unknown[] = []
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    // Without a bound it would connect anew for ever to a server that is gone.
    const run = autocannon({ ...options, bailout: 1 }, (error: Error | null, result) =>
      error ? reject(error) : resolve(result),
    )
    run.on('response', (_client, _status, _bytes, milliseconds) => onAnswer(milliseconds))
    run.on('reqError', (error) => broken.push(error))
  })
  if (result.errors > 0) throw new Error(`${options.url}: a request failed`, { cause: broken[0] })
  if (result.non2xx > 0) {
    throw new Error(`${options.url}: answers by status: ${JSON.stringify(result.statusCodeStats)}`)
  }
  return result
}
