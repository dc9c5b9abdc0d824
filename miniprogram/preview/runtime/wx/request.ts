import { Failure, reason, type Callbacks } from './api.js'

interface RequestOptions extends Callbacks {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, unknown>
  /** In ms. */
  timeout?: number
  dataType?: string
  responseType?: 'text' | 'arraybuffer'
}

const DEFAULT_TIMEOUT_MS = 60_000

/** Returns a task and not a promise, as in WeChat. */
export function request(options: RequestOptions): { abort(): void } {
  const abort = new AbortController()
  const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(options.timeout ?? DEFAULT_TIMEOUT_MS)])
  send(options, signal).then(
    (result) => {
      options.success?.(result)
      options.complete?.(result)
    },
    (error: unknown) => {
      const failure = new Failure(`request:fail ${wording(error)}`)
      options.fail?.(failure)
      options.complete?.(failure)
    },
  )
  return { abort: () => abort.abort() }
}

async function send(options: RequestOptions, signal: AbortSignal): Promise<object> {
  const method = (options.method ?? 'GET').toUpperCase()
  const header = new Headers(stringHeader(options.header))
  const isQuery = method === 'GET' || method === 'HEAD'
  const response = await fetch(isQuery ? withQuery(options.url, options.data) : options.url, {
    method,
    headers: header,
    body: isQuery ? undefined : encode(options.data, header),
    signal,
  })
  return {
    errMsg: 'request:ok',
    data: await decode(response, options),
    statusCode: response.status,
    header: Object.fromEntries(response.headers),
    cookies: [],
  }
}

function withQuery(url: string, data: unknown): string {
  if (typeof data !== 'object' || data === null) return url
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    if (value !== undefined)
      query.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  const text = query.toString()
  return text ? `${url}${url.includes('?') ? '&' : '?'}${text}` : url
}

function encode(data: unknown, header: Headers): BodyInit | undefined {
  if (data === undefined) return undefined
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data
  if (!header.has('content-type')) header.set('content-type', 'application/json')
  if (!header.get('content-type')?.includes('urlencoded')) return JSON.stringify(data)
  return new URLSearchParams(stringHeader(data as Record<string, unknown>))
}

async function decode(response: Response, options: RequestOptions): Promise<unknown> {
  if (options.responseType === 'arraybuffer') return response.arrayBuffer()
  const text = await response.text()
  if ((options.dataType ?? 'json') !== 'json') return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    // WeChat passes a body that is not JSON on as text.
    return text
  }
}

export function stringHeader(header: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(header).map(([name, value]) => [name, String(value)]))
}

function wording(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timeout'
  if (error instanceof DOMException && error.name === 'AbortError') return 'abort'
  return reason(error)
}
