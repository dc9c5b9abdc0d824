import { apiOrigin } from '../config'
import { offlineError } from './api-error'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
export type Query = Record<string, string | number | undefined>

export interface Answer {
  status: number
  body: unknown
}

/** Long enough for a slow connection, but short enough that the page does not seem to hang. */
const REQUEST_TIMEOUT_MS = 15_000

export function urlOf(path: string, query: Query = {}): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') pairs.push(`${name}=${encodeURIComponent(value)}`)
  return `${apiOrigin}/api/v1${path}${pairs.length ? `?${pairs.join('&')}` : ''}`
}

/**
 * Sends one request to the server, without token and without retry.
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
      // WeChat sends the content type JSON with every request, so a request without content sends an empty object
      ...(method === 'GET' ? {} : { data: body ?? {} }),
      success: ({ statusCode, data }) => resolve({ status: statusCode, body: data }),
      fail: () => reject(offlineError()),
    })
  })
}
