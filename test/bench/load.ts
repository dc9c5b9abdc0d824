import autocannon from 'autocannon'

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
  options: { connections: number; seconds: number; perSecond?: number },
): Promise<Load> {
  const requests = callers.map(({ token }) => ({ headers: { authorization: `Bearer ${token}` } }))
  let connection = 0
  const times: number[] = []
  const { non2xx, errors, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url,
        connections: options.connections,
        duration: options.seconds,
        ...(options.perSecond ? { overallRate: options.perSecond } : {}),
        requests,
        setupClient: (client) => {
          const first = Math.floor((connection++ * requests.length) / options.connections)
          client.setRequests([...requests.slice(first), ...requests.slice(0, first)])
        },
      },
      (error: Error | null, result) => (error ? reject(error) : resolve(result)),
    )
    // Its own histogram knows whole milliseconds only.
    run.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds))
  })
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were not 2xx, ${errors} errors`)
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
  return { requestsPerSecond: times.length / duration, p50: at(0.5), p99: at(0.99), requests: times.length }
}
