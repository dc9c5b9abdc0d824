import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { FASTIFY_ROUTE_SCHEMA_METADATA } from '@nestjs/platform-fastify/constants.js'
import request from 'supertest'
import { filesBelow } from '../../miniprogram/npm/reachable-files.js'
import { REQUIRES } from '../../server/platform/access/requires.decorator.js'
import { ANSWERS_WITHOUT_JSON } from '../../server/platform/http/file-answer.decorator.js'
import { IS_PUBLIC } from '../../server/platform/http/public.decorator.js'
import { routesOf, type Route } from '../../server/platform/http/response-serializers.js'
import { World } from '../support/world.js'

const SERVER = resolve(__dirname, '../../server')
const DESCRIPTION = resolve(__dirname, '../../docs/openapi.json')

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: unknown
}

describe('every route', () => {
  let world: World
  let routes: Route[]

  beforeAll(async () => {
    world = await World.open()
    routes = routesOf(world.app)
  })
  afterAll(() => world.close())

  const nameOf = ({ controller, name }: Route) => `${controller}.${name}`
  const marked = (key: string, { handler, controllerClass }: Route): unknown =>
    (Reflect.getMetadata(key, handler) as unknown) ?? Reflect.getMetadata(key, controllerClass)
  const schemaOf = ({ handler }: Route) =>
    Reflect.getMetadata(FASTIFY_ROUTE_SCHEMA_METADATA, handler) as
      { response?: Record<string, Schema> } | undefined

  it('declares a permission, or that anybody may call it, and never both', () => {
    expect(routes.length).toBeGreaterThan(40)
    const both = routes.filter(
      (route) => Boolean(marked(REQUIRES, route)) === Boolean(marked(IS_PUBLIC, route)),
    )
    expect(both.map(nameOf)).toEqual([])
  })

  it('has a serializer compiled from its contract, or says that it answers no JSON', () => {
    const without = routes.filter((route) => !schemaOf(route)?.response?.['2xx'])
    expect(routes.length - without.length).toBeGreaterThan(30)
    expect(without.filter((route) => !marked(ANSWERS_WITHOUT_JSON, route)).map(nameOf)).toEqual([])
  })

  it('names every field that may leave: no object of a contract is open', () => {
    const open = (schema: Schema, path: string): string[] => {
      const { properties = {}, items } = schema
      const isOpen =
        schema.additionalProperties !== undefined ||
        (schema.type === 'object' && Object.keys(properties).length === 0) ||
        (schema.type === undefined && !('enum' in schema) && Object.keys(properties).length === 0)
      return [
        ...(isOpen ? [path] : []),
        ...Object.entries(properties).flatMap(([name, inner]) => open(inner, `${path}.${name}`)),
        ...(items ? open(items, `${path}[]`) : []),
      ]
    }
    const found = routes.flatMap((route) => {
      const schema = schemaOf(route)?.response?.['2xx']
      return schema ? open(schema, nameOf(route)) : []
    })
    expect(found).toEqual([])
  })

  it('is described in docs/openapi.json as the server describes it (UPDATE_OPENAPI=1 writes it anew)', async () => {
    const answer = await request(world.baseUrl).get('/api/docs/openapi.json').expect(200)
    const description = inOrder(answer.body)
    if (process.env['UPDATE_OPENAPI'] === '1') {
      writeFileSync(DESCRIPTION, `${JSON.stringify(description, null, 2)}\n`)
    }
    expect(JSON.parse(readFileSync(DESCRIPTION, 'utf8'))).toEqual(description)
  })
})

describe('the sources of the server', () => {
  const sources = filesBelow(SERVER).filter((file) => file.endsWith('.ts'))

  it.each([
    ['forwardRef', /\bforwardRef\b/, 'a cycle between modules'],
    ['@InjectRepository', /\bInjectRepository\b/, 'a way past the ambient transaction'],
    ['RequiresNew', /\bRequiresNew\b|REQUIRES_NEW/, 'a transaction that survives the rollback of its caller'],
  ])('never use %s (%s): it would be %s', (_, forbidden) => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.filter((file) => forbidden.test(readFileSync(join(SERVER, file), 'utf8')))).toEqual([])
  })
})

/**
 * Keys in one order, so that a change shows as itself in a comparison, and the values of an enum too: the compiler
 * gives the members of a union in whatever order it met them. Other lists keep theirs.
 */
function inOrder(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => inOrder(item))
    return key === 'enum' ? items.sort() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner, name)]))
}
