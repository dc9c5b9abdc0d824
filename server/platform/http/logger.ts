import type { LoggerService } from '@nestjs/common'
import { pino, type Logger } from 'pino'
import { TypeORMError } from 'typeorm'

/** Keys whose values are personal or secret wherever they occur in a log line. */
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
/** Inside an object `name` and `code` are personal. At the top of a line they name a work or an error. */
const NEVER_LOGGED_INSIDE = [...NEVER_LOGGED, 'name', 'code']

/** Request lines are written together, after 4096 bytes or 1000 ms. Every other line is written at once. */
const REQUESTS_TOGETHER = { minLength: 4096, periodicFlush: 1000 }
/** Bytes that are kept while the output accepts none. Lines beyond that are dropped. */
const MOST_UNWRITTEN = 1024 * 1024

/** Nest's logger on pino: one JSON line for each message, without personal data. */
export class JsonLogger implements LoggerService {
  private readonly pino: Logger
  private readonly out: ReturnType<typeof pino.destination>
  /** For one line per request. The caller lists the few fields, so the line is not searched for secrets. */
  readonly requests: Logger

  constructor(level: string) {
    const form = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
    this.out = pino.destination({ sync: true, ...REQUESTS_TOGETHER, maxLength: MOST_UNWRITTEN })
    // When the disk is full or the reader is gone, lines are lost but the server goes on.
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

  /** Writes the lines that still wait. Call it at shutdown, because a signal ends the process without writing them. */
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

/**
 * A database error or TypeORM's own error holds the statement's parameters, which are personal data. So their message
 * is dropped: only the class, the database's code and the places in the stack are logged.
 */
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
    // Only the lines with places, because the stack begins with the message, which may have several lines.
    at: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 5)
      .join('\n'),
  }
}
