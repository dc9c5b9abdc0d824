import type { INestApplication } from '@nestjs/common'
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger'
import { Problem } from '../../contracts/platform/problem.js'

/** The description of the API, derived from controllers and contracts; also the source of the response serializers. */
export function describeApi(app: INestApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setTitle('智部 API')
    .setDescription('党支部在手机上做工作的平台。错误一律是 application/problem+json，见 Problem。')
    .setVersion('1')
    .addBearerAuth()
    .build()
  return SwaggerModule.createDocument(app, base, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => operationId(controller, method),
  })
}

export const operationId = (controller: string, method: string): string => `${controller}.${method}`
