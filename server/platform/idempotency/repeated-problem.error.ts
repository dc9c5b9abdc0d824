import { STATUS_CODES } from 'node:http'
import type { FieldProblem } from '../../contracts/platform/problem.js'
import { ProblemError } from '../http/errors.js'

/** The part of a refusal that is kept. */
export interface KeptProblem {
  code: string
  message: string
  fields?: FieldProblem[]
}

/** A kept refusal, answered again with the same status and message. */
export class RepeatedProblem extends ProblemError {
  readonly title: string

  constructor(
    readonly status: number,
    { code, message, fields }: KeptProblem,
  ) {
    super(code, message, fields)
    this.title = STATUS_CODES[status] ?? 'Error'
  }
}
