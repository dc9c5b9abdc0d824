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

/** Runs a command once for each key: see `@Idempotent`. Only routes of commands use it. */
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
    // The validation refuses unacceptable input later, before the command runs.
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
    // Work that goes on after the command has ended does not belong to the command.
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

  /**
   * When nothing was committed, the key is released, so that a corrected form can use it. Otherwise a refusal is
   * kept.
   */
  private async afterFailure(held: Held, error: unknown): Promise<void> {
    try {
      if (await this.keys.release(held)) return
    } catch (unreleased) {
      this.logger.warn({ error: unreleased }, 'an idempotency key could not be released')
      return
    }
    if (error instanceof ProblemError && error.status < 500) {
      const { status, code, message, fields } = error
      await this.keep(held, status, { code, message, ...(fields ? { fields } : {}) })
    }
  }

  /** The command has ended, so its answer is sent even when the answer could not be kept. */
  private async keep(held: Held, status: number, body: unknown): Promise<void> {
    try {
      await this.keys.keep(held, { status, body })
    } catch (error) {
      this.logger.warn({ error }, 'the answer of a command could not be kept')
    }
  }
}

async function contentHashOf(request: CommandRequest): Promise<string> {
  const { method, body } = request
  const [path = ''] = request.url.split('?')
  if (!request.isMultipart()) return fingerprint({ method, path, body })
  return fingerprint({ method, path, upload: await readUpload(request) })
}
