import { apiOrigin } from '../config'
import { offlineError } from './api-error'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Query = Record<string, string | number | undefined>

export interface Answer {
  status: number
  body: unknown
}

/** Long enough for a slow village connection, short enough that nobody believes the page hangs. */
const REQUEST_TIMEOUT_MS = 15_000

export function urlOf(path: string, query: Query = {}): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') pairs.push(`${name}=${encodeURIComponent(value)}`)
  return `${apiOrigin}/api/v1${path}${pairs.length ? `?${pairs.join('&')}` : ''}`
}

/**
 * One exchange with the server, as it is: no token, no retry.
 * @throws {ApiError} of kind `offline` when no answer came.
 */
export function exchange(
  method: Method,
  url: string,
  header: Record<string, string>,
  body?: object,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    wx.request({
      method,
      url,
      header,
      timeout: REQUEST_TIMEOUT_MS,
      // WeChat declares JSON on every request, so a request without content still carries an empty object
      ...(method === 'GET' ? {} : { data: body ?? {} }),
      success: ({ statusCode, data }) => resolve({ status: statusCode, body: data }),
      fail: () => reject(offlineError()),
    })
  })
}
