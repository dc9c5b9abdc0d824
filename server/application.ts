import { NestFactory } from '@nestjs/core'
import { JwtService } from '@nestjs/jwt'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import multipart from '@fastify/multipart'
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger'
import { AppModule } from './app.module.js'
import { Clock } from './platform/config/clock.js'
import { accountOfToken } from './platform/auth/account-of-token.js'
import { TokenCache } from './platform/auth/token-cache.js'
import type { Config } from './platform/config/config.js'
import { FieldCipher } from './platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from './platform/crypto/field-keys.js'
import { installFieldCipher } from './platform/database/encrypted-column.js'
import { generalBudgets } from './platform/http/limits/budgets.rules.js'
import { installLimits } from './platform/http/limits/limit-hook.js'
import { Limits } from './platform/http/limits/limits.js'
import { SharedStore } from './platform/http/limits/shared-store.js'
import { JsonLogger } from './platform/http/logger.js'
import { Metrics } from './platform/http/metrics.js'
import { describeApi } from './platform/http/openapi.js'
import { answerUnroutable, ProblemFilter } from './platform/http/problem.filter.js'
import { installRequestHooks, requestIdOf } from './platform/http/request-hooks.js'
import { compileResponseSerializers } from './platform/http/response-serializers.js'
import { installSecurityHeaders } from './platform/http/security-headers.js'
import { serverBounds } from './platform/http/server-bounds.js'
import { UPLOAD_LIMITS } from './platform/http/upload.js'
import { contractPipe } from './platform/http/validation.js'

/** The demonstration shows the mini-program in a page of our own; nothing else may run scripts or be framed. */
const CONTENT_SECURITY = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    frameAncestors: ["'self'"],
    upgradeInsecureRequests: null,
  },
}

const API_TITLE = '智部 API'
const API_DESCRIPTION = '党支部在手机上做工作的平台。错误一律是 application/problem+json，见 Problem。'

export interface Extension {
  /** Called before the routes are registered. */
  install(app: NestFastifyApplication): Promise<void>
}

/** Builds the server, ready to listen. Database and schema have been opened; nothing listens yet. */
export async function createApplication(
  config: Config,
  extension?: Extension,
): Promise<NestFastifyApplication> {
  const keys = loadOrCreateKeyRing(config.keyFile)
  installFieldCipher(new FieldCipher(keys))
  const logger = new JsonLogger(config.logLevel)
  const adapter = new FastifyAdapter({
    ...serverBounds(config.requestSeconds),
    genReqId: requestIdOf,
    frameworkErrors: answerUnroutable,
    logger: false,
    trustProxy: config.trustedProxies,
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, keys), adapter, {
    logger,
    // Payment notifications are verified over the bytes as they came.
    rawBody: true,
    abortOnError: false,
  })
  await installSecurityHeaders(adapter.getInstance(), { contentSecurityPolicy: CONTENT_SECURITY })
  await app.register(multipart, { limits: UPLOAD_LIMITS })
  installRequestHooks(adapter.getInstance(), app.get(Metrics), logger.requests)
  adapter.getInstance().addHook('onClose', () => logger.close())
  limitRequests(app, config)
  app.useGlobalPipes(contractPipe())
  app.useGlobalFilters(new ProblemFilter())
  app.enableShutdownHooks()
  await extension?.install(app)
  const description = describeApi(app, API_TITLE, API_DESCRIPTION)
  compileResponseSerializers(app, description)
  serveDescription(app, description)
  return app
}

function limitRequests(app: NestFastifyApplication, { limits: general }: Config): void {
  if (!general) return
  installLimits(
    app.getHttpAdapter().getInstance(),
    generalBudgets(general),
    new Limits(app.get(SharedStore).client),
    accountOfToken(app.get(TokenCache), app.get(JwtService), app.get(Clock)),
    app.get(Metrics),
  )
}

function serveDescription(app: NestFastifyApplication, description: OpenAPIObject): void {
  SwaggerModule.setup('api/docs', app, description, { jsonDocumentUrl: 'api/docs/openapi.json' })
}
