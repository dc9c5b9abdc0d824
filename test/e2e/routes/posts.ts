import { newId } from '../../../server/platform/database/ids.js'
import { day, id, kindOf, optional, text } from './fields.js'
import { newcomer, ownMember } from './members.js'
import type { RouteDescription } from './route.js'
import type { TwoCounties } from './stage/two-counties.js'
import type { Scene } from './stage/scene.js'
import { unit } from './units.js'

/** A post of the newcomer in 东岭村 that nobody has changed yet. */
const post = async (scene: Scene): Promise<string> => {
  if (scene.side !== 'inside') return newId()
  const memberId = await newcomer(scene)
  return scene.kept('a post', () => postOf(scene.counties, memberId))
}

async function postOf({ village: { world, dongling } }: TwoCounties, memberId: string): Promise<string> {
  const title = `委员${newId()}`
  await world.county.post(dongling, { id: memberId }, title)
  const [row] = await world.database.query<{ id: string }>(
    'SELECT id FROM unit_post_period WHERE title = ?',
    [title],
  )
  return row?.id ?? newId()
}

const OWN_POST: RouteDescription['asOneself'] = {
  path: { postId: ({ counties }, { memberId }) => postOf(counties, memberId) },
}

const dayParameter = kindOf(['', '2026-11', '2026-13-01', '2026-02-30', '20261101', '二〇二六年'], true)

const EVIDENCE = { document: optional(text('党员大会选举结果')), reason: text('换届') }
const WRITES = ['unit_post_period']

export const posts: RouteDescription[] = [
  {
    route: 'GET /api/v1/units/{id}/posts',
    permission: 'unit.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: unit },
    query: { day: dayParameter('2026-11-01') },
  },
  {
    route: 'GET /api/v1/units/{id}/posts/history',
    permission: 'unit.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: unit },
  },
  {
    route: 'POST /api/v1/units/{id}/posts',
    permission: 'unit.post',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: unit },
    asOneself: { body: { memberId: ownMember } },
    body: {
      memberId: id(newcomer),
      title: text(() => `委员${newId()}`),
      fromOn: day('2026-11-01'),
      untilOn: optional(day('2027-11-01')),
      ...EVIDENCE,
    },
    writes: WRITES,
    repeated: { underKey: true, another: { title: () => '宣传委员' } },
  },
  {
    route: 'POST /api/v1/units/{id}/posts/{postId}/ending',
    permission: 'unit.post',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: unit, postId: post },
    asOneself: OWN_POST,
    body: { untilOn: day('2026-11-10'), ...EVIDENCE },
    writes: WRITES,
    repeated: { underKey: true },
  },
  {
    route: 'POST /api/v1/units/{id}/posts/{postId}/correction',
    permission: 'unit.post',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: unit, postId: post },
    asOneself: OWN_POST,
    body: {
      title: text(() => `委员${newId()}`),
      fromOn: day('2026-10-01'),
      untilOn: optional(day('2027-10-01')),
      ...EVIDENCE,
    },
    writes: WRITES,
    repeated: { underKey: true },
  },
  {
    route: 'POST /api/v1/units/{id}/posts/{postId}/withdrawal',
    permission: 'unit.post',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: unit, postId: post },
    asOneself: OWN_POST,
    body: { reason: text('登记错了人') },
    writes: WRITES,
    repeated: { underKey: true },
  },
]
