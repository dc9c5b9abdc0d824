import { Injectable } from '@nestjs/common'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What is measured; read by Prometheus at `/metrics`. Labels are route patterns, never values of a person. */
@Injectable()
export class Metrics {
  readonly registry = new Registry()
  readonly requestSeconds = new Histogram({
    name: 'zhibu_http_request_seconds',
    help: 'Time to answer a request, by route and status class',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  })
  readonly limitedRequests = new Counter({
    name: 'zhibu_limited_requests_total',
    help: 'Requests refused with 429, by the budget that was used up',
    labelNames: ['budget'] as const,
    registers: [this.registry],
  })
  readonly importedRows = new Counter({
    name: 'zhibu_roster_imported_rows_total',
    help: 'Roster rows written, by kind',
    labelNames: ['kind'] as const,
    registers: [this.registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** A figure that is read when somebody looks, so that every process tells the same. */
  watch(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read())
      },
    })
  }
}
