import request from 'supertest'
import { PERMISSIONS } from './permission-table.js'
import { callRoute } from './route-calls.js'
import { openTwoCounties, type TwoCounties } from './two-counties.js'

describe('who may call what, inside and outside their scope', () => {
  let counties: TwoCounties

  beforeAll(async () => {
    counties = await openTwoCounties()
  })
  afterAll(() => counties.close())

  it('the table names every route of the description, and no other', async () => {
    const answer = await request(counties.village.world.baseUrl).get('/api/docs/openapi.json').expect(200)
    const { paths } = answer.body as { paths: Record<string, Record<string, unknown>> }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect([...PERMISSIONS.keys()].sort()).toEqual(described.sort())
  })

  it.each([...PERMISSIONS])('%s', async (route, expectations) => {
    const actual: typeof expectations = []
    for (const { role } of expectations) {
      const inside = await callRoute(counties, route, role, 'inside')
      const outside = await callRoute(counties, route, role, 'outside')
      actual.push({ role, inside: inside.status, outside: outside.status })
    }
    expect(actual).toEqual(expectations)
  })
})
