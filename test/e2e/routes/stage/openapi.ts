import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The part of an OpenAPI schema that says what a field may hold. */
export interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
}

export interface Operation {
  parameters?: Array<{ in: string; name: string; required?: boolean }>
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, unknown> }>
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** The document in the repository is the live one: a test of the architecture compares them. */
const openApiDocument = JSON.parse(
  readFileSync(join(__dirname, '../../../../docs/openapi.json'), 'utf8'),
) as OpenApiDocument

/** Every operation, by `METHOD /path/{id}`. */
export const operationsOf = ({ paths }: OpenApiDocument): ReadonlyMap<string, Operation> =>
  new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    ),
  )
export const operations = operationsOf(openApiDocument)

/** The schema itself, where it only refers to one. */
export function resolved(schema: Schema): Schema {
  if (!schema.$ref) return schema
  const found = openApiDocument.components.schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]
  if (!found) throw new Error(`the description does not hold ${schema.$ref}`)
  return found
}

/** The media type and the schema of the body; neither when there is none. */
export function bodyOf({ requestBody }: Operation): { mediaType?: string; schema?: Schema } {
  const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
  return mediaType && content ? { mediaType, schema: resolved(content.schema) } : {}
}

/** The names of parameters in a place of the address, and whether each is needed. */
export const parametersIn = (
  { parameters = [] }: Operation,
  place: 'path' | 'query' | 'header',
): Record<string, boolean> =>
  Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required = false }) => [name, required]),
  )
