import { ApiError, errorFromAnswer } from './api-error'
import { underKey } from './attempt-key'
import { accessToken, noteRefusal } from './session'
import { exchange, urlOf, type Answer, type Method, type Query } from './transport'
import { showConsent } from '../routes'

export interface RequestOptions {
  query?: Query
  body?: object
  header?: Record<string, string>
}

/**
 * Calls the API as the signed-in person. A POST is sent with an idempotency key, see `underKey`.
 * @returns the answer as the contract `T` states it; `undefined` for 204.
 * @throws {ApiError} with a sentence for the person.
 */
export async function call<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const send = (header: Record<string, string> = {}) =>
    withToken((bearer) =>
      exchange(method, urlOf(path, options.query), { ...header, authorization: bearer }, options.body),
    )
  const hasOwnKey = options.header?.['idempotency-key'] !== undefined
  const answer =
    method === 'POST' && !hasOwnKey
      ? await underKey(`${path} ${JSON.stringify(options.body ?? {})}`, (key) =>
          send({ ...options.header, 'idempotency-key': key }),
        )
      : await send(options.header)
  return answer.body as T
}

/** Reads from the API without a token, before the person has given consent. */
export async function callPublic<T>(path: string): Promise<T> {
  const { status, body } = await exchange('GET', urlOf(path), {})
  if (status >= 400) throw errorFromAnswer(status, body)
  return body as T
}

/**
 * Runs `attempt` with a bearer token. When the server refuses the token, renews it once silently and tries again.
 * @param attempt must return the answer, not throw, when the server refuses.
 */
export async function withToken(attempt: (bearer: string) => Promise<Answer>): Promise<Answer> {
  try {
    const first = await accessToken()
    let answer = await attempt(`Bearer ${first}`)
    const refusal = tokenRefusal(answer)
    if (refusal) {
      noteRefusal(first, refusal)
      answer = await attempt(`Bearer ${await accessToken()}`)
    }
    if (answer.status >= 400) throw errorFromAnswer(answer.status, answer.body)
    return answer
  } catch (error) {
    if (error instanceof ApiError && (error.kind === 'consent-needed' || error.kind === 'signed-out'))
      showConsent()
    throw error
  }
}

/** The code with which the server refused the token; null when it accepted the token. */
function tokenRefusal(answer: Answer): string | null {
  if (answer.status !== 401) return null
  const { code } = errorFromAnswer(answer.status, answer.body)
  return code.startsWith('auth.') ? code : null
}
