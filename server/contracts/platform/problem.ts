/** One field of a request that cannot be accepted, in words for the person who typed it. */
export class FieldProblem {
  /** Path of the field, for example `amountFen` or `matches.0.unitId`. */
  field: string
  message: string
}

/** Every error answer, sent as `application/problem+json` (RFC 9457). */
export class Problem {
  /** Always `about:blank`: `code` tells the kinds of problems apart. */
  type: string
  /** Short English name of the HTTP status. */
  title: string
  status: number
  /** Stable, names the obstacle, for example `dues.already-paid`. */
  code: string
  /** What happened and what to do next, in Chinese, ready to show. */
  message: string
  requestId: string
  /** Present when particular fields are at fault. */
  fields?: FieldProblem[]
}
