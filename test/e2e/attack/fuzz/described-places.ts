import { bodyOf, operations, parametersIn, resolved, type Schema } from '../../routes/stage/openapi.js'

/** Every place of a route where a caller can put something, as openapi.json names them. */
export interface RoutePlaces {
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

/** @param route `METHOD /path/{id}` */
export function describedPlaces(route: string): RoutePlaces {
  const operation = operations.get(route)
  if (!operation) throw new Error(`openapi.json does not name ${route}`)
  const path = route.split(' ')[1] ?? ''
  const { mediaType, schema } = bodyOf(operation)
  return {
    path,
    query: Object.keys(parametersIn(operation, 'query')),
    headers: Object.keys(parametersIn(operation, 'header')).map((name) => name.toLowerCase()),
    ...(schema ? placesIn(schema) : { body: [], objects: [] }),
    isUpload: mediaType === 'multipart/form-data',
    methods: [...operations.keys()].flatMap((other) =>
      other.endsWith(` ${path}`) ? other.split(' ').slice(0, 1) : [],
    ),
  }
}

function placesIn(schema: Schema, path = ''): { body: string[]; objects: string[] } {
  const own = resolved(schema)
  const inner = [
    ...Object.entries(own.properties ?? {}),
    ...(own.items ? [['0', own.items] as const] : []),
  ].map(([name, property]) => {
    const at = path ? `${path}.${name}` : name
    const below = placesIn(property, at)
    return { body: [at, ...below.body], objects: below.objects }
  })
  return {
    body: inner.flatMap(({ body }) => body),
    objects: [...(own.properties ? [path] : []), ...inner.flatMap(({ objects }) => objects)],
  }
}
