import type { LoggerService } from '@nestjs/common'
import { pino, type Logger } from 'pino'
import { TypeORMError } from 'typeorm'

/** Keys whose values are personal or secret wherever they turn up in a log line. */
const NEVER_LOGGED = [
  'idNumber',
  'idNumberIndex',
  'phone',
  'phoneIndex',
  'address',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'phoneCode',
  'openid',
  'sessionKey',
  'parameters',
  'query',
]
/** Of a person when they stand in a thing; at the top of a line they name a piece of work or an error. */
const NEVER_LOGGED_INSIDE = [...NEVER_LOGGED, 'name', 'code']

/** Lines of requests are written some at a time, at the latest after a second; whatever else there is to say, at once. */
const REQUESTS_TOGETHER = { minLength: 4096, periodicFlush: 1000 }
/** Bytes that are kept while nobody takes them. */
const MOST_UNWRITTEN = 1024 * 1024

/** Nest's logger on pino: one JSON line an event, without personal data. */
export class JsonLogger implements LoggerService {
  private readonly pino: Logger
  private readonly out: ReturnType<typeof pino.destination>
  /** For one line a request: its few fields are named where it is written, so that nothing is searched for secrets. */
  readonly requests: Logger

  constructor(level: string) {
    const form = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
    this.out = pino.destination({ sync: true, ...REQUESTS_TOGETHER, maxLength: MOST_UNWRITTEN })
    // A full disk or a reader that is gone costs the lines, not the server.
    this.out.on('error', () => undefined)
    this.pino = pino(
      {
        ...form,
        redact: {
          paths: [...NEVER_LOGGED, ...NEVER_LOGGED_INSIDE.map((key) => `*.${key}`)],
          censor: '[removed]',
        },
        serializers: { error: describeError },
      },
      this.out,
    )
    this.requests = pino(form, this.out)
  }

  /** Writes what still waits; a signal ends the process without asking. */
  close(): void {
    this.out.flush()
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest)
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest)
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest)
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest)
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest)
  }

  /** Nest calls with `(message, context)`; our own code with `(details, message, context)`. */
  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ): void {
    if (typeof message === 'object' && message !== null) {
      const [text, context] = rest
      this.pino[level]({ ...message, context }, typeof text === 'string' ? text : undefined)
    } else {
      this.pino[level]({ context: rest.at(-1) }, String(message))
    }
    this.out.flush()
  }
}

/** A database error, or TypeORM's own, carries the statement's parameters, which are personal data: only kind, text and place are kept. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const driver = (error as { driverError?: { code?: unknown } }).driverError
  return {
    kind: error.constructor.name,
    message: driver
      ? `database error ${String(driver.code)}`
      : error instanceof TypeORMError
        ? ''
        : error.message,
    // Places only: the stack begins with the message, which may have several lines.
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 5)
      .join('\n'),
  }
}
