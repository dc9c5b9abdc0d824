import { STATUS_CODES } from 'node:http'
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '../../contracts/platform/problem.js'
import { isDeadlock } from '../database/errors.js'
import { ProblemError } from './errors.js'

const UNEXPECTED = '系统出了点问题，已经记录下来。请稍后再试；如果一直这样，请把下面的编号告诉管理员。'

/** Code and message of the errors that the web framework itself raises, by HTTP status. */
const FRAMEWORK_MESSAGES: Record<number, [code: string, message: string]> = {
  400: ['request.malformed', '请求的内容读不懂。请更新小程序后再试。'],
  404: ['not-found', '没有找到。请返回上一页重新进入。'],
  405: ['request.method', '这个地址不支持这样的请求。'],
  408: ['request.too-slow', '网络太慢，内容没有传完。请换个网络再试。'],
  409: ['busy', '刚才有别的操作正在进行，请再试一次。'],
  413: ['request.too-large', '内容太大了。请减少内容或拆分文件后再试。'],
  414: ['request.address-too-long', '这个地址太长了。请返回上一页重新进入。'],
  415: ['request.media-type', '不支持这种格式的内容。'],
  429: ['request.too-many', '操作太频繁了，请等一分钟再试。'],
  431: ['request.headers-too-large', '请求带的信息太多了。请退出小程序重新进入后再试。'],
}

/** Turns every error into a response. A response never holds a stack trace, SQL or personal data. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem')

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>()
    const reply = host.switchToHttp().getResponse<FastifyReply>()
    const problem = problemOf(error, String(request.id))
    if (problem.status >= 500) {
      this.logger.error({ requestId: problem.requestId, code: problem.code, error }, 'request failed')
    }
    // After a stream has begun, no error response can be sent: the client only sees that the connection ends early.
    if (reply.sent) return
    send(reply, problem)
  }
}

/** Answers a request that the framework refuses before it has a route, such as an address that cannot be decoded. */
export function answerUnroutable(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  send(reply, problemOf(error, String(request.id)))
}

/** Answers a refusal from a hook, because filters do not run for hooks. */
export function answerProblem(refusal: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
  send(reply, problemOf(refusal, String(request.id)))
}

/** The problem for a client whose bytes could not be read as a request. */
export const problemOfStatus = (status: number, requestId: string): Problem =>
  problemOf({ statusCode: status }, requestId)

function send(reply: FastifyReply, problem: Problem): void {
  // No hook runs when an address cannot be decoded, and Nest answers some requests before our hooks.
  void reply.header('x-request-id', problem.requestId)
  void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof ProblemError) {
    const { status, title, code, message, fields } = error
    return { type: 'about:blank', title, status, code, message, requestId, ...(fields ? { fields } : {}) }
  }
  const status = isDeadlock(error) ? 409 : statusOf(error)
  const [code, message] = FRAMEWORK_MESSAGES[status] ?? ['unexpected', UNEXPECTED]
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, message, requestId }
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus()
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode
  return typeof status === 'number' && status in FRAMEWORK_MESSAGES ? status : 500
}
