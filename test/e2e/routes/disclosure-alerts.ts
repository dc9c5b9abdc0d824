import { DisclosureAlert } from '../../../server/modules/organization/members/disclosure-alert.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { PAGE, text } from './fields.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'

const reviewers = { secretary: 200, officer: 200, administrator: 200 } as const
const inScope = { secretary: '200/404', officer: '200/404', administrator: '200/404' } as const

interface Reader {
  readerId?: string
  readerMemberId?: string
}

/** Many readings by somebody of the caller's scope, or of elsewhere. */
async function alert(scene: Scene, reader: Reader = {}): Promise<string> {
  const { side, role, counties } = scene
  if (side === 'nowhere') return newId()
  const { village, abroad } = counties
  const outside = role === 'secretary' ? village.hexi : abroad.branch
  const id = newId()
  await village.world.database.repository(DisclosureAlert).insert({
    id,
    unitId: side === 'inside' ? village.dongling.id : outside.id,
    readerId: reader.readerId ?? newId(),
    readerMemberId: reader.readerMemberId ?? null,
    readerName: '郑新',
    hourKey: id.slice(0, 13),
    fromAt: new Date('2026-11-21T03:00:00Z'),
    lastAt: new Date('2026-11-21T04:00:00Z'),
    acknowledgedBy: null,
    acknowledgerName: null,
    acknowledgedAt: null,
    remark: null,
  })
  return id
}

/** Readings in 东岭村, so that there are pages. */
async function readAlert(scene: Scene): Promise<string> {
  const { village } = scene.counties
  const id = await alert(scene, {})
  if (scene.side !== 'inside') return id
  const { database } = village.world
  const { readerId } = await database.repository(DisclosureAlert).findOneByOrFail({ id })
  for (const member of [village.members.he, village.members.wang]) {
    await database.execute(
      'INSERT INTO disclosure (id, memberId, readerId, readerName, reason, at) VALUES (?, ?, ?, ?, ?, ?)',
      [newId(), member.id, readerId, '郑新', '打电话通知开会', new Date('2026-11-21T03:30:00Z')],
    )
  }
  return id
}

export const disclosureAlerts: RouteDescription[] = [
  {
    route: 'GET /api/v1/disclosure-alerts',
    permission: 'disclosure.review',
    answers: reviewers,
    about: 'scope',
    list: 'figures only',
  },
  {
    route: 'GET /api/v1/disclosure-alerts/{id}/members',
    permission: 'disclosure.review',
    answers: inScope,
    about: 'scope',
    path: { id: (scene) => scene.kept(`an alert ${scene.side}`, () => readAlert(scene)) },
    query: PAGE,
  },
  {
    route: 'POST /api/v1/disclosure-alerts/{id}/acknowledgement',
    permission: 'disclosure.review',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: (scene) => scene.kept(`an alert ${scene.side} to end`, () => alert(scene)) },
    asOneself: {
      path: {
        id: (scene, { accountId, memberId }) =>
          alert(scene, { readerId: accountId, readerMemberId: memberId }),
      },
    },
    body: { remark: text('换届前核对电话，情况属实') },
    writes: ['disclosure_alert'],
    repeated: { underKey: true },
  },
]
