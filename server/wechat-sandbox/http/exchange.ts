import type { IncomingHttpHeaders } from 'node:http'
import type { JsonObject } from './json.js'

/** A request as it arrived. Signatures are verified over the raw `target` and `body`, never over re-encoded values. */
export interface SandboxRequest {
  method: string
  /** Path and query exactly as on the request line. */
  target: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

/** An answer ready for the wire. */
export interface SandboxAnswer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** The result of a request: an answer, or a broken connection. */
export type Outcome = SandboxAnswer | 'connection-lost'

/** `code` is the error code of an unsuccessful answer, for the request log. */
export interface Handled {
  outcome: Outcome
  code?: string
}

export function jsonAnswer(status: number, value: JsonObject | unknown[]): SandboxAnswer {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(value)),
  }
}
