import type { FieldProblem, Problem } from '../../../server/contracts/platform/problem.js'

export type ApiErrorKind = 'offline' | 'problem' | 'consent-needed' | 'signed-out'

/** Why a request failed. `message` can be shown to the person. */
export class ApiError extends Error {
  constructor(
    readonly kind: ApiErrorKind,
    message: string,
    readonly code: string,
    readonly status: number,
    readonly fields: FieldProblem[] = [],
  ) {
    super(message)
  }
}

export function offlineError(): ApiError {
  return new ApiError('offline', '网络不通，没有办成。连上网后请再点一次', 'client.offline', 0)
}

/** Makes an error from an answer. An answer that is not a Problem comes from a gateway and not from the server. */
export function errorFromAnswer(status: number, body: unknown): ApiError {
  if (isProblem(body)) return new ApiError('problem', body.message, body.code, status, body.fields)
  return new ApiError('problem', '服务暂时不可用，请稍后再试', 'client.no-problem', status)
}

/** The sentence to show for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : '没有成功，请再试一次'
}

function isProblem(body: unknown): body is Problem {
  if (typeof body !== 'object' || body === null) return false
  const { code, message } = body as Partial<Problem>
  return typeof code === 'string' && typeof message === 'string'
}
