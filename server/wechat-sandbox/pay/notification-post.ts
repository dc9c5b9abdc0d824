import { request } from 'node:http'
import { isLoopback } from '../http/loopback-url.js'
import type { SignedMessage } from './message-spoil.js'

/** A receiver that needs longer counts as not answering. */
const ANSWER_WITHIN_MS = 5_000

/**
 * Posts a notification to a receiver on this machine.
 *
 * @returns the receiver's HTTP status, or `no-answer`. A receiver on another machine is not called: `no-answer`.
 */
export function postNotification(
  notifyUrl: string,
  { headers, body }: SignedMessage,
  cancelled: AbortSignal,
): Promise<number | 'no-answer'> {
  const url = new URL(notifyUrl)
  if (url.protocol !== 'http:' || !isLoopback(url)) return Promise.resolve('no-answer')
  return new Promise((resolve) => {
    const signal = AbortSignal.any([cancelled, AbortSignal.timeout(ANSWER_WITHIN_MS)])
    const outgoing = request(url, {
      method: 'POST',
      // The connection is not kept, because the receiver may restart between two attempts.
      agent: false,
      signal,
      headers: {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': String(body.length),
      },
    })
    outgoing.on('response', (response) => {
      response.on('error', () => undefined).resume()
      resolve(response.statusCode ?? 'no-answer')
    })
    outgoing.on('error', () => resolve('no-answer'))
    outgoing.end(body)
  })
}
