import { Injectable } from '@nestjs/common'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** All metrics. Prometheus reads them at `/metrics`. Labels are route patterns, never values of a person. */
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
  readonly limitedRequests = this.counter(
    'zhibu_limited_requests_total',
    'Requests refused with 429, by the budget that was used up',
    ['budget'],
  )

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** A counter of a feature. Create it once, when the feature starts. */
  counter<Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) {
    return new Counter<Label>({ name, help, labelNames, registers: [this.registry] })
  }

  /** A gauge that is read each time Prometheus asks, so that every process reports the same value. */
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
