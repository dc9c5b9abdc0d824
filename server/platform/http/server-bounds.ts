import { answerUnreadable } from './client-errors.js'

/** A body of our contracts has a few kilobytes. Uploads have their own limit. */
export const MOST_BODY_BYTES = 256 * 1024
/** A phone sends one or two kilobytes of headers. */
const MOST_HEADER_BYTES = 16 * 1024
/** The longest valid id in an address has 64 characters. Our own check refuses a longer one. */
const MOST_PARAMETER_LENGTH = 100
/** The longest query has a cursor and a search text, each character of it encoded as nine (`%E4%B8%80`). */
export const MOST_ADDRESS_LENGTH = 4096
/** Headers are a few lines, so no client needs longer to send them. */
const HEADERS_SECONDS = 15
/** Longer than proxies keep a connection, so that we never close one while a request arrives. */
const KEEP_ALIVE_MS = 75_000

/**
 * Limits how much a client may send and how long it may take. A client that keeps a connection by sending very slowly
 * is cut off.
 * @param requestSeconds within which a whole request must have arrived
 */
export function serverBounds(requestSeconds: number) {
  const requestTimeout = requestSeconds * 1000
  const headersTimeout = Math.min(HEADERS_SECONDS * 1000, requestTimeout)
  return {
    bodyLimit: MOST_BODY_BYTES,
    routerOptions: { maxParamLength: MOST_PARAMETER_LENGTH },
    requestTimeout,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Ms without a byte in either direction. Long enough for a workbook that is being written.
    connectionTimeout: requestTimeout + KEEP_ALIVE_MS,
    clientErrorHandler: answerUnreadable,
    http: {
      headersTimeout,
      maxHeaderSize: MOST_HEADER_BYTES,
      // Ms between two checks of the connections. A connection is cut off at most that much late.
      connectionsCheckingInterval: Math.min(5_000, headersTimeout),
    },
  }
}
