import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { openTwoCounties, ROLES, type TwoCounties } from '../access/two-counties.js'
import { routesOfDescription, type DescribedRoute } from './fuzz/described-route.js'
import { placesOf } from './fuzz/edits.js'
import { Fuzzer } from './fuzz/fuzzer.js'
import { closeConnections } from './fuzz/wire-call.js'

/** Drawn for every place of every route and every role: one in the normal suite, many by `npm run fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1)
/** The normal suite draws the same each time, because a build must not fail by chance. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (RUNS > 1 ? Date.now() % 2 ** 31 : 20261121))

/** Also while a counterexample is made smaller. */
const MOST_SEARCH_MS = 60_000

// The document in the repository is the live one: a test of the architecture compares them.
const DOCUMENT = join(__dirname, '../../../docs/openapi.json')
const ROUTES = routesOfDescription(
  JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Parameters<typeof routesOfDescription>[0],
)

describe(`whatever is sent to any route by anybody, nothing breaks (FUZZ_RUNS=${RUNS} FUZZ_SEED=${SEED})`, () => {
  let counties: TwoCounties
  let fuzzer: Fuzzer
  let ids: string[]

  beforeAll(async () => {
    counties = await openTwoCounties()
    const { village, abroad } = counties
    const { dongling, hexi, committee, members } = village
    ids = [dongling, hexi, committee, members.wang, members.lyu, abroad.branch, abroad.member].map(
      ({ id }) => id,
    )
    const [first] = ROUTES
    if (!first) throw new Error('no routes')
    fuzzer = await Fuzzer.open(counties, first)
  })
  afterAll(async () => {
    closeConnections()
    await fuzzer.close()
    process.stdout.write(`fuzz: seed ${SEED}, ${JSON.stringify(fuzzer.seen)}\n`)
  })

  it('routes, places and roles are many', () => {
    expect(ROUTES.length).toBeGreaterThan(40)
    const places = ROUTES.flatMap((route) =>
      placesOf(route, ['x']).map(({ name }) => `${route.name} ${name}`),
    )
    expect(places).toEqual(
      expect.arrayContaining(['PUT /api/v1/roster-imports/{id}/unit-matches body matches.0.unitId']),
    )
    expect(new Set(places).size).toBe(places.length)
  })

  it.each(ROUTES.map((route): [string, DescribedRoute] => [route.name, route]))(
    '%s',
    async (_, route) => {
      for (const [index, role] of ROLES.entries()) {
        fuzzer.turnTo(route, role)
        const places = placesOf(route, ids)
        for (const [place, { edits }] of places.entries()) {
          const seed = SEED + index * 1_000 + place
          await holds(
            fc.asyncProperty(edits, (edit) => fuzzer.attempt([edit])),
            seed,
          )
        }
        const several = fc.array(fc.oneof(...places.map(({ edits }) => edits)), {
          minLength: 2,
          maxLength: 4,
        })
        await holds(
          fc.asyncProperty(several, (edits) => fuzzer.attempt(edits)),
          SEED + index,
        )
        await fuzzer.settle()
      }
    },
    60_000 * RUNS,
  )
})

const holds = async <T>(property: fc.IAsyncProperty<T>, seed: number): Promise<void> => {
  await fc.assert(property, {
    numRuns: RUNS,
    seed,
    interruptAfterTimeLimit: MOST_SEARCH_MS,
    markInterruptAsFailure: true,
  })
}
