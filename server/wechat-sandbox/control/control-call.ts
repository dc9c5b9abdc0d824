import type { SandboxAnswer } from '../http/exchange.js'
import type { JsonObject } from '../http/json.js'
import type { PathParams, Route } from '../http/routes.js'

export interface ControlCall {
  params: PathParams
  query: URLSearchParams
  /** Empty unless the method is POST. */
  body: JsonObject
}

export type ControlHandler = (call: ControlCall) => SandboxAnswer | Promise<SandboxAnswer>

/** A POST route that needs only the body. */
export function postRoute(
  name: string,
  run: (body: JsonObject) => SandboxAnswer | Promise<SandboxAnswer>,
): Route<ControlHandler> {
  return { method: 'POST', pattern: `/_control/${name}`, handle: ({ body }) => run(body) }
}
