import fc from 'fast-check'
import { describedRoutes, type NamedRoute } from '../../routes/index.js'
import { openTwoCounties, ROLES } from '../../routes/stage/two-counties.js'
import { closeConnections } from '../../routes/stage/wire-call.js'
import { describedPlaces } from './described-places.js'
import { placesOf } from './edits.js'
import { Fuzzer } from './fuzzer.js'

/** Drawn for every place of every route and every role: one in the normal suite, many by `npm run fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1)
/** The normal suite draws the same each time, because a build must not fail by chance. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (RUNS > 1 ? Date.now() % 2 ** 31 : 20261121))

/** Also while a counterexample is made smaller. */
const MOST_SEARCH_MS = 60_000

/**
 * Whatever is sent to these routes, by anybody, at any place where something can be put: no server error, no slow answer,
 * a refusal in words, and no row changed that is not the caller's to change.
 */
export function fuzz(what: string, chosen: (route: NamedRoute) => boolean): void {
  const fuzzed = describedRoutes.filter(chosen)

  describe(`whatever is sent to any route that ${what}, nothing breaks (FUZZ_RUNS=${RUNS} FUZZ_SEED=${SEED})`, () => {
    let fuzzer: Fuzzer
    let ids: string[]

    beforeAll(async () => {
      const counties = await openTwoCounties()
      const { village, abroad } = counties
      const { dongling, hexi, committee, members } = village
      ids = [dongling, hexi, committee, members.wang, members.lyu, abroad.branch, abroad.member].map(
        ({ id }) => id,
      )
      fuzzer = await Fuzzer.open(counties)
    })
    afterAll(async () => {
      closeConnections()
      await fuzzer.close()
      process.stdout.write(`fuzz: seed ${SEED}, ${JSON.stringify(fuzzer.seen)}\n`)
    })

    it.each(fuzzed.map((route): [string, NamedRoute] => [route.name, route]))(
      '%s',
      async (_, route) => {
        const places = placesOf(describedPlaces(route.route), ids)
        expect(new Set(places.map(({ name }) => name)).size).toBe(places.length)
        for (const [index, role] of ROLES.entries()) {
          fuzzer.turnTo(route, role)
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
        }
      },
      60_000 * RUNS,
    )
  })
}

const holds = async <T>(property: fc.IAsyncProperty<T>, seed: number): Promise<void> => {
  await fc.assert(property, {
    numRuns: RUNS,
    seed,
    interruptAfterTimeLimit: MOST_SEARCH_MS,
    markInterruptAsFailure: true,
  })
}
