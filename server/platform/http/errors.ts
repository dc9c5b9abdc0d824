import type { FieldProblem } from '../../contracts/platform/problem.js'

/**
 * The kinds of refusal, seven in all. Each instance has a stable code that names the obstacle and a Chinese message
 * that tells the person what to do. The filter turns it into `application/problem+json`.
 */
export abstract class ProblemError extends Error {
  abstract readonly status: number
  abstract readonly title: string

  constructor(
    readonly code: string,
    message: string,
    readonly fields?: FieldProblem[],
  ) {
    super(message)
  }
}

/** Nobody is signed in, or the session has ended. */
export class Unauthenticated extends ProblemError {
  readonly status = 401
  readonly title = 'Unauthorized'
}

/** Signed in, but the account does not hold the permission for this kind of work. */
export class Forbidden extends ProblemError {
  readonly status = 403
  readonly title = 'Forbidden'
}

/** It does not exist, or the account may not see it. Both get the same answer, so nobody learns which is true. */
export class NotFound extends ProblemError {
  readonly status = 404
  readonly title = 'Not Found'

  constructor(code = 'not-found', message = '没有找到，或者不在您的管理范围内。请返回上一页重新进入。') {
    super(code, message)
  }
}

/** The request itself cannot be accepted; `fields` say where. */
export class Invalid extends ProblemError {
  readonly status = 400
  readonly title = 'Bad Request'
}

/** The request is well formed, but the current state does not allow it. */
export class Conflict extends ProblemError {
  readonly status = 409
  readonly title = 'Conflict'
}

/** Too many requests. The same request works again after `waitSeconds`. */
export class TooMany extends ProblemError {
  readonly status = 429
  readonly title = 'Too Many Requests'

  constructor(readonly waitSeconds: number) {
    super('request.too-many', `操作太频繁了，请等 ${waitInWords(waitSeconds)}再试。`)
  }
}

const waitInWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} 秒` : `${Math.ceil(seconds / 60)} 分钟`

/** Another service (WeChat) did not answer or refused. */
export class Upstream extends ProblemError {
  readonly status = 502
  readonly title = 'Bad Gateway'
}
