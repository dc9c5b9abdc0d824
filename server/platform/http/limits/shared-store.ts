import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common'
import { Redis } from 'ioredis'
import { Config } from '../../config/config.js'
import { Metrics } from '../metrics.js'

/** Ms within which Redis must answer. After that, requests are counted in this process until Redis answers again. */
const PATIENCE_MS = 500
const LONGEST_RETRY_MS = 2_000

/** The connection to Redis, if one is configured. It may break at any time, and no request waits for it. */
@Injectable()
export class SharedStore implements OnApplicationShutdown {
  private readonly logger = new Logger('Limits')
  readonly client: Redis | undefined
  /** Undefined until the first attempt to connect has ended. */
  private isUp: boolean | undefined

  constructor(config: Config, metrics: Metrics) {
    if (!config.redisUrl) return
    this.client = connect(config.redisUrl)
    this.client.on('ready', () => this.turn(true))
    this.client.on('close', () => this.turn(false))
    // Not logged: it comes with every attempt and may hold the address. `close` has been logged once.
    this.client.on('error', () => undefined)
    metrics.watch('zhibu_limits_shared', 'Whether requests are counted together with other processes', () =>
      Promise.resolve(this.isUp ? 1 : 0),
    )
  }

  /** @throws when Redis does not answer now */
  async ping(): Promise<void> {
    await this.client?.ping()
  }

  onApplicationShutdown(): void {
    this.client?.removeAllListeners('close')
    this.client?.disconnect()
  }

  private turn(isUp: boolean): void {
    if (this.isUp === isUp) return
    this.isUp = isUp
    if (isUp) this.logger.log('requests are counted in Redis')
    else this.logger.warn('Redis does not answer: every process counts requests for itself until it does')
  }
}

function connect(url: string): Redis {
  return new Redis(url.replace(/^unix:\/\//, ''), {
    // A request does not wait for a connection: it is counted in this process instead.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // The commands for all budgets of one request are sent together.
    enableAutoPipelining: true,
    connectTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RETRY_MS),
  })
}
