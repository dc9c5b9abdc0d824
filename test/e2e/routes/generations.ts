import type { Generation } from '../../../server/contracts/organization/generation.js'
import { newId } from '../../../server/platform/database/ids.js'
import { id, idParameter, month, monthParameter, optional, required } from './fields.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { MONTH } from './stage/two-counties.js'
import { unit } from './units.js'

export const generations: RouteDescription[] = [
  {
    route: 'GET /api/v1/dues-generations',
    permission: 'dues.generate',
    answers: { officer: 200 },
    about: 'scope',
    list: [''],
  },
  {
    route: 'GET /api/v1/dues-generations/preview',
    permission: 'dues.generate',
    answers: { officer: '200/404' },
    about: 'scope',
    query: { month: required(monthParameter(MONTH)), unitId: idParameter(unit) },
    list: 'figures only',
  },
  {
    route: 'GET /api/v1/dues-generations/{id}',
    permission: 'dues.generate',
    answers: { officer: '200/404' },
    about: 'scope',
    path: { id: generation },
  },
  {
    route: 'POST /api/v1/dues-generations',
    permission: 'dues.generate',
    answers: { officer: '201/404' },
    about: 'scope',
    // One that is still running would be answered instead.
    before: ({ counties }) => counties.village.world.settle(),
    body: { month: month(MONTH), unitId: optional(id(unit)) },
    writes: ['dues_generation', 'job'],
    repeated: { underKey: true, another: { month: () => '2026-10' } },
  },
]

/** One for 东岭村, one of the officer of the other county, or none. */
async function generation({ counties, side, kept }: Scene): Promise<string> {
  if (side === 'nowhere') return newId()
  const { village, callers, abroad } = counties
  const [officer, where] =
    side === 'inside' ? [callers.officer, village.dongling] : [abroad.officer, abroad.branch]
  return kept(`generation for ${where.id}`, async () => {
    await village.world.settle()
    const answer = await officer.post('/dues-generations', { month: MONTH, unitId: where.id })
    return (answer.body as Generation).id
  })
}
