import { Controller, Get, Header, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { Health, Readiness } from '../../contracts/platform/health.js'
import { FileAnswer } from '../http/file-answer.decorator.js'
import { Unlimited } from '../http/limits/limited.decorator.js'
import { Metrics } from '../http/metrics.js'
import { Public } from '../http/public.decorator.js'
import { ReadinessChecks } from './readiness-checks.js'

/** For load balancers and monitors. The answers hold no personal data. */
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly checks: ReadinessChecks,
    private readonly metrics: Metrics,
  ) {}

  /** The process is alive. */
  @Unlimited()
  @Get('healthz')
  health(): Health {
    return { status: 'ok' }
  }

  /** The process can do its work; 503 when it cannot. */
  @Unlimited()
  @Get('readyz')
  async readiness(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const checks = await this.checks.all()
    const ready = checks.every(({ name, ok }) => ok || name === 'redis')
    if (!ready) void reply.status(503)
    return { status: ready ? 'ready' : 'not-ready', checks }
  }

  @Unlimited()
  @Get('metrics')
  @FileAnswer('text/plain')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus(): Promise<string> {
    return this.metrics.registry.metrics()
  }
}
