import request from 'supertest'
import { schema } from '../../../server/schema.js'
import { World } from '../../support/world.js'
import { descriptions } from './index.js'
import type { RouteDescription } from './route.js'
import { admittedTo, expectationsOf } from './stage/expectations.js'
import { bodyOf, operations, operationsOf, parametersIn, type OpenApiDocument } from './stage/openapi.js'
import { decoratedRoutes, listen, type DecoratedRoute } from './stage/registered-routes.js'
import { holds, tablePermissions, tableRoles } from './stage/table-of-permissions.js'
import { HOLDS, ROLES } from './stage/two-counties.js'

/** Not in openapi.json, and the only ones. */
const UNDESCRIBED = ['POST /api/v1/payment-notifications/{mchid}']

/** Tables that no route writes while it answers, and who does. */
const WRITTEN_BY_NO_ROUTE: Record<string, string> = {
  clock_lock: 'the scheduler',
  event_delivery: 'the relay',
  event_listener: 'the relay',
  event_stream: 'the relay',
  fact_dating: 'the job members.date-facts',
  idempotency_key: 'every route that takes a key',
  key_check: 'the start of the server',
  merchant_account: 'npm run found',
  payment_discrepancy: 'settling, on the news of WeChat',
  unit_post_day: 'the job units.posts-in-force',
}

/** Addresses of the description itself. */
const isDocumentation = (name: string): boolean => /^GET \/api\/docs(\/|-|$)/.test(name)

describe('the descriptions of routes are complete', () => {
  let world: World
  let decorated: Map<string, DecoratedRoute>
  const registered: string[] = []

  beforeAll(async () => {
    world = await World.open(new Date(), { extension: () => ({ install: listen(registered) }) })
    decorated = new Map(decoratedRoutes(world.app).map((route) => [route.name, route]))
  })
  afterAll(() => world.close())

  const names = descriptions.map(({ route }) => route).sort()
  const of = (route: string): DecoratedRoute => {
    const found = decorated.get(route)
    if (!found) throw new Error(`the server has no ${route}`)
    return found
  }

  it('each route is described once', () => {
    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name, index) => name === names[index + 1])).toEqual([])
  })

  it('every address that the server registers is described, and no other', () => {
    expect(names).toEqual(registered.filter((name) => !isDocumentation(name)).sort())
    expect(names).toEqual([...decorated.keys()].sort())
  })

  it('openapi.json names the same, but for those named here', async () => {
    expect(descriptions.filter(({ undescribed }) => undescribed).map(({ route }) => route)).toEqual(
      UNDESCRIBED,
    )
    const answer = await request(world.baseUrl).get('/api/docs/openapi.json').expect(200)
    const served = [...operationsOf(answer.body as OpenApiDocument).keys()].sort()
    expect(names.filter((name) => !UNDESCRIBED.includes(name))).toEqual(served)
    // What the suites read of its fields.
    expect([...operations.keys()].sort()).toEqual(served)
  })

  it.each(descriptions.map((description): [string, RouteDescription] => [description.route, description]))(
    '%s says what the server and openapi.json say',
    (route, description) => {
      const { permission, repeated, withoutJson, asOneself, path, query, body, file, undescribed } =
        description
      expect({
        permission,
        isPublic: permission === undefined,
        isRepeatable: Boolean(repeated && 'underKey' in repeated),
        isWithoutJson: Boolean(withoutJson),
        isAboutPerson: asOneself !== undefined,
      }).toEqual({ ...of(route), name: undefined })
      if (undescribed) return
      const operation = operations.get(route)
      if (!operation) throw new Error(`openapi.json does not name ${route}`)
      const { schema = {} } = bodyOf(operation)
      expect({
        path: Object.keys(path ?? {}),
        query: requiredOf(query),
        body: { ...requiredOf(body), ...(file ? { file: true } : {}) },
      }).toEqual({
        path: Object.keys(parametersIn(operation, 'path')),
        query: parametersIn(operation, 'query'),
        body: Object.fromEntries(
          Object.keys(schema.properties ?? {}).map((name) => [
            name,
            schema.required?.includes(name) ?? false,
          ]),
        ),
      })
      const types = Object.values(operation.responses).flatMap(({ content = {} }) => Object.keys(content))
      expect(types.includes('application/json')).toBe(!withoutJson)
    },
  )

  it('every POST can be repeated under a key, or says what it has instead', () => {
    const creating = descriptions.filter(({ route }) => route.startsWith('POST '))
    expect(creating.length).toBeGreaterThan(10)
    expect(creating.filter(({ repeated }) => !repeated).map(({ route }) => route)).toEqual([])
  })

  it('every GET that names nothing and is about somebody says what it lists', () => {
    const reading = descriptions.filter(
      ({ route, path, about }) => route.startsWith('GET ') && !path && about !== 'nobody',
    )
    expect(reading.length).toBeGreaterThan(10)
    expect(reading.filter(({ list }) => !list?.length).map(({ route }) => route)).toEqual([])
  })

  it('what is about nobody asks for no permission', () => {
    const open = descriptions.filter(({ about }) => about === 'nobody')
    expect(open.length).toBeGreaterThan(3)
    expect(open.filter(({ permission }) => permission !== undefined).map(({ route }) => route)).toEqual([])
  })

  it('somebody is let in everywhere, and nobody by a permission they do not hold', () => {
    for (const description of descriptions) {
      if (description.undescribed) continue
      admittedTo(description)
      const { permission } = description
      if (permission === undefined) continue
      for (const { role, inside } of expectationsOf(description)) {
        const where = `${description.route} as ${role}`
        expect([where, ![401, 403].includes(inside)]).toEqual([where, holds(HOLDS[role], permission)])
      }
    }
  })

  it('every permission of the table is asked for by a route, and let through for somebody', () => {
    const asked = new Set(descriptions.flatMap(({ permission }) => permission ?? []))
    expect([...asked].sort()).toEqual([...tablePermissions].sort())
  })

  it('every role of the table is played, and let in somewhere because of it', () => {
    expect([...new Set(Object.values(HOLDS).flat())].sort()).toEqual([...tableRoles].sort())
    for (const role of ROLES) {
      const let_in = descriptions.filter(
        ({ permission }) => permission === undefined || holds(HOLDS[role], permission),
      )
      expect([role, let_in.length > 0]).toEqual([role, true])
    }
    for (const role of tableRoles) {
      const own = descriptions.filter(
        ({ permission }) => permission !== undefined && holds([role], permission),
      )
      expect([role, own.length > 0]).toEqual([role, true])
    }
  })

  it('every table is written by a route, or said to be written by none', () => {
    const tables = schema.entities
      .map((entity) => world.database.repository(entity).metadata.tableName)
      .sort()
    const written = new Set(
      descriptions.flatMap(({ writes = [], writesSometimes = {}, writesRefused = {} }) => [
        ...writes,
        ...Object.keys(writesSometimes),
        ...Object.keys(writesRefused),
      ]),
    )
    const byNone = Object.keys(WRITTEN_BY_NO_ROUTE)
    expect(byNone.filter((table) => written.has(table))).toEqual([])
    expect([...written, ...byNone].sort()).toEqual(tables)
  })
})

/** Which fields have to be there. */
const requiredOf = (fields: RouteDescription['body'] = {}): Record<string, boolean> =>
  Object.fromEntries(Object.entries(fields).map(([name, { isOptional }]) => [name, !isOptional]))
