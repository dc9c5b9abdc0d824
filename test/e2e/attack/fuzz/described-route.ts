/** The part of an OpenAPI schema that says what a field may hold. */
export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  items?: Schema
}

interface Operation {
  parameters?: Array<{ in: string; name: string }>
  requestBody?: { content: Record<string, { schema: Schema }> }
}

interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

/** One operation of the description, with every place where a caller can put something. */
export interface DescribedRoute {
  /** `METHOD /path/{id}`, as the permission table writes it. */
  name: string
  method: string
  path: string
  query: string[]
  headers: string[]
  /** Paths of every property of the body: `matches`, `matches.0`, `matches.0.name`. */
  body: string[]
  /** Paths of the body's objects, the body itself as an empty one: where a property may be added. */
  objects: string[]
  isUpload: boolean
  /** Methods that the same address takes too. */
  methods: string[]
}

export function routesOfDescription({ paths, components }: Description): DescribedRoute[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
      const places = content ? placesIn(content.schema, components.schemas) : { body: [], objects: [] }
      return {
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        headers: parameters
          .filter((parameter) => parameter.in === 'header')
          .map(({ name }) => name.toLowerCase()),
        ...places,
        isUpload: mediaType === 'multipart/form-data',
        methods: Object.keys(operations).map((other) => other.toUpperCase()),
      }
    }),
  )
}

function placesIn(
  schema: Schema,
  schemas: Record<string, Schema>,
  path = '',
): { body: string[]; objects: string[] } {
  const own = schema.$ref ? schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] : schema
  if (!own) throw new Error(`the description does not hold ${schema.$ref}`)
  const inner = [
    ...Object.entries(own.properties ?? {}),
    ...(own.items ? [['0', own.items] as const] : []),
  ].map(([name, property]) => {
    const at = path ? `${path}.${name}` : name
    const below = placesIn(property, schemas, at)
    return { body: [at, ...below.body], objects: below.objects }
  })
  return {
    body: inner.flatMap(({ body }) => body),
    objects: [...(own.properties ? [path] : []), ...inner.flatMap(({ objects }) => objects)],
  }
}
