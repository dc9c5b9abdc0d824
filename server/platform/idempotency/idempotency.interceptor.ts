import {
  Injectable,
  Logger,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { from, lastValueFrom, type Observable } from 'rxjs'
import type { Actor } from '../access/actor.js'
import { Database } from '../database/database.js'
import { ProblemError } from '../http/errors.js'
import { findUnacceptable } from '../http/unacceptable-input.rules.js'
import { readUpload } from '../http/upload.js'
import { IdempotencyKeys, type Held } from './idempotency-keys.js'
import { fingerprint, keyIn } from './idempotency.rules.js'
import { RepeatedProblem, type KeptProblem } from './repeated-problem.error.js'

type CommandRequest = FastifyRequest & { actor: Actor }

/** Does a command once for each key: see `@Idempotent`. It stands on the routes of commands only. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger('Idempotency')

  constructor(
    private readonly database: Database,
    private readonly keys: IdempotencyKeys,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<CommandRequest>()
    const key = keyIn(request.headers['idempotency-key'])
    // Input that cannot be accepted is refused further on, before anything is done with it.
    if (key === undefined || findUnacceptable(request.body)) return next.handle()
    const taken = await this.keys.take(request.actor.accountId, key, await contentHashOf(request))
    const reply = context.switchToHttp().getResponse<FastifyReply>()
    if ('attempt' in taken) return from(this.once(taken, reply, next))
    if (taken.status >= 400) throw new RepeatedProblem(taken.status, taken.body as KeptProblem)
    void reply.status(taken.status)
    return from([taken.body])
  }

  private async once(held: Held, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    let isRunning = true
    // What the command leaves going on behind it is no longer this command.
    const mark = async () => (isRunning ? this.keys.commit(held) : undefined)
    try {
      const body = await this.database.beforeCommit(mark, () => lastValueFrom<unknown>(next.handle()))
      await this.keep(held, reply.statusCode, body)
      return body
    } catch (error) {
      await this.afterFailure(held, error)
      throw error
    } finally {
      isRunning = false
    }
  }

  /** A key under which nothing was committed may be used again, for the corrected form too. */
  private async afterFailure(held: Held, error: unknown): Promise<void> {
    try {
      if (await this.keys.release(held)) return
    } catch (unreleased) {
      this.logger.warn({ error: unreleased }, 'a key could not be given back')
      return
    }
    if (error instanceof ProblemError && error.status < 500) {
      const { status, code, message, fields } = error
      await this.keep(held, status, { code, message, ...(fields ? { fields } : {}) })
    }
  }

  /** What was done is done: an answer that could not be kept is given all the same. */
  private async keep(held: Held, status: number, body: unknown): Promise<void> {
    try {
      await this.keys.keep(held, { status, body })
    } catch (error) {
      this.logger.warn({ error }, 'an answer could not be kept')
    }
  }
}

async function contentHashOf(request: CommandRequest): Promise<string> {
  const { method, body } = request
  const [path = ''] = request.url.split('?')
  if (!request.isMultipart()) return fingerprint({ method, path, body })
  return fingerprint({ method, path, upload: await readUpload(request) })
}
