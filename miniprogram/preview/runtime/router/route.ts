export interface Route {
  /** Page path without a leading slash. */
  path: string
  /** Values as written in the address. WeChat does not decode them. */
  query: Record<string, string>
}

/** Reads a route such as "/pages/a/a?x=1". A path without a leading slash is relative to the current page. */
export function parseRoute(address: string, from = ''): Route {
  const [path = '', search = ''] = address.split('?')
  return { path: resolvePath(path, from), query: parseQuery(search) }
}

export function formatRoute({ path, query }: Route): string {
  const search = Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  return `/${path}${search ? `?${search}` : ''}`
}

function resolvePath(path: string, from: string): string {
  if (path.startsWith('/') || !from) return path.replace(/^\/+/, '')
  return new URL(path, `http://base/${from}`).pathname.slice(1)
}

function parseQuery(search: string): Record<string, string> {
  const pairs = search
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
    })
  return Object.fromEntries(pairs)
}
