import { newId } from '../../../server/platform/database/ids.js'
import { PERMISSIONS } from './permission-table.js'
import { callRoute } from './route-calls.js'
import { billOf, openTwoCounties, type Role, type TwoCounties } from './two-counties.js'
import type { Caller } from '../../support/world.js'

/** Every role that a route lets in, and whose scope ends somewhere. */
const scoped = [...PERMISSIONS].flatMap(([route, expectations]) =>
  expectations.filter(({ outside }) => outside === 404).map(({ role }): [string, Role] => [route, role]),
)

describe('an id out of scope answers exactly like one that does not exist', () => {
  let counties: TwoCounties
  let officer: Caller
  let secretary: Caller

  beforeAll(async () => {
    counties = await openTwoCounties()
    ;({ officer, secretary } = counties.callers)
  })
  afterAll(() => counties.close())

  it('there are such routes for every role that has a scope', () => {
    expect(new Set(scoped.map(([, role]) => role))).toEqual(
      new Set(['account', 'member', 'secretary', 'officer', 'superior']),
    )
    expect(scoped.length).toBeGreaterThan(50)
  })

  it.each(scoped)('%s, called by the %s', async (route, role) => {
    const outside = await callRoute(counties, route, role, 'outside')
    const nowhere = await callRoute(counties, route, role, 'nowhere')
    expect(outside.status).toBe(404)
    expect(withoutRequestId(outside)).toEqual(withoutRequestId(nowhere))
  })

  it.each<[string, (unitId: string) => object]>([
    ['used', (unitId) => ({ name: '南湾', unitId })],
    ['founded under', (createUnder) => ({ name: '南湾', createUnder })],
  ])('a unit that a name in a file is %s', async (_, match) => {
    const { id } = await counties.upload(officer, counties.village.dongling)
    const ask = (unitId: string) =>
      officer.put(`/roster-imports/${id}/unit-matches`, { matches: [match(unitId)] }).expect(404)
    expect(withoutRequestId(await ask(counties.abroad.branch.id))).toEqual(
      withoutRequestId(await ask(newId())),
    )
  })

  it('a bill of somebody else among bills of one’s own', async () => {
    const { li, wang } = counties.village.members
    const ask = (other: string) =>
      secretary
        .post('/payments', { billIds: [billOf(li), other] })
        .set('idempotency-key', newId())
        .expect(404)
    expect(withoutRequestId(await ask(billOf(wang)))).toEqual(withoutRequestId(await ask(`${newId()}202611`)))
  })
})

/** All that travels but the id of the request and the hour. */
function withoutRequestId({ status, text, headers }: Answer) {
  const { 'x-request-id': requestId = '', date: _, ...others } = headers
  return { status, text: text.replaceAll(requestId, '(id)'), headers: others }
}

interface Answer {
  status: number
  text: string
  headers: Record<string, string>
}
