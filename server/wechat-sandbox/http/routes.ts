/** A route: `:name` in the pattern captures one path segment. */
export interface Route<Handler> {
  method: 'GET' | 'POST' | 'DELETE'
  pattern: string
  handle: Handler
}

export type PathParams = Record<string, string>

export interface RouteMatch<Handler> {
  route: Route<Handler>
  params: PathParams
}

/** @returns the route for a request, or undefined when there is none. */
export function matchRoute<Handler>(
  routes: readonly Route<Handler>[],
  method: string,
  path: string,
): RouteMatch<Handler> | undefined {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.pattern, path) : undefined
    if (params) return { route, params }
  }
  return undefined
}

function matchPath(pattern: string, path: string): PathParams | undefined {
  const expected = pattern.split('/')
  const actual = path.split('/')
  if (expected.length !== actual.length) return undefined
  const params: PathParams = {}
  for (const [index, piece] of expected.entries()) {
    const segment = actual[index] ?? ''
    if (!piece.startsWith(':')) {
      if (piece !== segment) return undefined
      continue
    }
    const value = decodeSegment(segment)
    if (!value) return undefined
    params[piece.slice(1)] = value
  }
  return params
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
