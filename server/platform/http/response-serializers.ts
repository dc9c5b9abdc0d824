import { type INestApplication, RequestMethod } from '@nestjs/common'
import { METHOD_METADATA } from '@nestjs/common/constants.js'
import { ModulesContainer } from '@nestjs/core'
import { RouteSchema } from '@nestjs/platform-fastify'
import type { OpenAPIObject } from '@nestjs/swagger'
import { ANSWERS_WITHOUT_JSON } from './file-answer.decorator.js'
import { operationId } from './openapi.js'

interface JsonSchema {
  $ref?: string
  type?: string
  nullable?: boolean
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  [key: string]: unknown
}

/**
 * Gives every route a serializer compiled from its contract, so that a field which the contract does not name cannot
 * leave the server. Call it after the description is made and before the routes are registered.
 *
 * @throws Error when a route declares no contract and is not marked as answering with a file or with nothing
 */
export function compileResponseSerializers(app: INestApplication, description: OpenAPIObject): void {
  const answers = answersOf(description)
  const without: string[] = []
  for (const { controller, name, handler } of routesOf(app)) {
    if (Reflect.getMetadata(ANSWERS_WITHOUT_JSON, handler)) continue
    const id = operationId(controller, name)
    const schema = answers.get(id)
    if (!schema) {
      without.push(id)
      continue
    }
    RouteSchema({ response: { '2xx': schema } })(handler, name, { value: handler })
  }
  if (without.length > 0) throw new Error(`routes that answer without a contract: ${without.join(', ')}`)
}

export interface Route {
  controller: string
  name: string
  handler: (...args: unknown[]) => unknown
  controllerClass: new (...args: never[]) => object
}

/** Every method of every controller that answers HTTP requests. */
export function routesOf(app: INestApplication): Route[] {
  const routes: Route[] = []
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue
      const prototype = metatype.prototype as Record<string, unknown>
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = prototype[name]
        if (typeof handler !== 'function') continue
        const method: unknown = Reflect.getMetadata(METHOD_METADATA, handler)
        if (method === undefined || !(Number(method) in RequestMethod)) continue
        routes.push({
          controller: metatype.name,
          name,
          handler: handler as Route['handler'],
          controllerClass: metatype as Route['controllerClass'],
        })
      }
    }
  }
  return routes
}

function answersOf(description: OpenAPIObject): Map<string, JsonSchema> {
  const schemas = (description.components?.schemas ?? {}) as Record<string, JsonSchema>
  const answers = new Map<string, JsonSchema>()
  for (const path of Object.values(description.paths)) {
    for (const operation of Object.values(path as Record<string, unknown>)) {
      const { operationId: id, responses } = operation as {
        operationId?: string
        responses?: Record<string, { content?: Record<string, { schema?: JsonSchema }> }>
      }
      if (!id || !responses) continue
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1]
      const schema = success?.content?.['application/json']?.schema
      if (schema?.$ref) answers.set(id, inlined(schema, schemas))
    }
  }
  return answers
}

/** fast-json-stringify needs a schema without `$ref`. No contract contains itself, so this ends. */
function inlined(schema: JsonSchema, schemas: Record<string, JsonSchema>): JsonSchema {
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    const target = schemas[name]
    if (!target) throw new Error(`the description mentions ${name} but does not hold it`)
    return inlined(target, schemas)
  }
  if (schema.allOf?.length === 1 && schema.allOf[0]) {
    return { ...inlined(schema.allOf[0], schemas), ...(schema.nullable ? { nullable: true } : {}) }
  }
  return {
    ...schema,
    ...(schema.properties
      ? {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([name, property]) => [name, inlined(property, schemas)]),
          ),
        }
      : {}),
    ...(schema.items ? { items: inlined(schema.items, schemas) } : {}),
  }
}
