import type { INestApplication } from '@nestjs/common'
import { ApiProperty, DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger'
import { PATTERNED_FIELDS } from '../../contracts/platform/patterns.js'
import { Problem } from '../../contracts/platform/problem.js'

/** The OpenAPI description, derived from controllers and contracts. The response serializers are compiled from it. */
export function describeApi(app: INestApplication, title: string, description: string): OpenAPIObject {
  for (const { contract, name, pattern } of PATTERNED_FIELDS) {
    ApiProperty({ pattern: pattern.source })(contract, name)
  }
  const base = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1')
    .addBearerAuth()
    .build()
  return SwaggerModule.createDocument(app, base, {
    extraModels: [Problem],
    operationIdFactory: (controller, method) => operationId(controller, method),
  })
}

export const operationId = (controller: string, method: string): string => `${controller}.${method}`
