import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger'
import { AppModule } from './app.module.js'
import type { Config } from './platform/config/config.js'
import { FieldCipher } from './platform/crypto/field-cipher.js'
import { loadOrCreateKeyRing } from './platform/crypto/field-keys.js'
import { installFieldCipher } from './platform/database/encrypted-column.js'
import { JsonLogger } from './platform/http/logger.js'
import { Metrics } from './platform/http/metrics.js'
import { describeApi } from './platform/http/openapi.js'
import { answerUnroutable, ProblemFilter } from './platform/http/problem.filter.js'
import { installRequestHooks, requestIdOf } from './platform/http/request-hooks.js'
import { compileResponseSerializers } from './platform/http/response-serializers.js'
import { MOST_UPLOAD_BYTES } from './platform/http/upload.js'
import { contractPipe } from './platform/http/validation.js'

const MOST_BODY_BYTES = 256 * 1024

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
    bodyLimit: MOST_BODY_BYTES,
    genReqId: requestIdOf,
    frameworkErrors: answerUnroutable,
    logger: false,
    trustProxy: config.mode === 'production',
  })
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, keys), adapter, {
    logger,
    // Payment notices are verified over the bytes as they came.
    rawBody: true,
    abortOnError: false,
  })
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY })
  await app.register(multipart, { limits: { fileSize: MOST_UPLOAD_BYTES, files: 1, fields: 10 } })
  installRequestHooks(adapter.getInstance(), app.get(Metrics), logger.pino)
  app.useGlobalPipes(contractPipe())
  app.useGlobalFilters(new ProblemFilter())
  app.enableShutdownHooks()
  await extension?.install(app)
  const description = describeApi(app)
  compileResponseSerializers(app, description)
  serveDescription(app, description)
  return app
}

function serveDescription(app: NestFastifyApplication, description: OpenAPIObject): void {
  SwaggerModule.setup('api/docs', app, description, { jsonDocumentUrl: 'api/docs/openapi.json' })
}
