import { answerUnreadable } from './client-errors.js'

/** Contracts of ours weigh a few kilobytes; uploads have a bound of their own. */
export const MOST_BODY_BYTES = 256 * 1024
/** Headers of a phone weigh a kilobyte or two. */
const MOST_HEADER_BYTES = 16 * 1024
/** The longest id in an address has 64 characters; one more tells that there are too many. */
const MOST_PARAMETER_LENGTH = 100
/** The longest query is a cursor beside a search, every character written as nine. */
export const MOST_ADDRESS_LENGTH = 4096
/** Nobody needs longer for a few lines. */
const HEADERS_SECONDS = 15
/** Longer than proxies keep a connection, so that it is never us who close it under a request. */
const KEEP_ALIVE_MS = 75_000

/**
 * How much a client may send and how long it may take: connections held open by a trickle are cut off.
 * @param requestSeconds within which a request must have arrived whole
 */
export function serverBounds(requestSeconds: number) {
  const requestTimeout = requestSeconds * 1000
  const headersTimeout = Math.min(HEADERS_SECONDS * 1000, requestTimeout)
  return {
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { maxParamLength: MOST_PARAMETER_LENGTH },
    requestTimeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Silence in both directions: long enough for a workbook that is being made.
    connectionTimeout: requestTimeout + KEEP_ALIVE_MS,
    clientErrorHandler: answerUnreadable,
    http: {
      headersTimeout,
      maxHeaderSize: MOST_HEADER_BYTES,
      // How often connections are looked at: they are cut off that much late at most.
      connectionsCheckingInterval: Math.min(5_000, headersTimeout),
    },
  }
}
