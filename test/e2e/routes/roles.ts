import { IsNull } from 'typeorm'
import { Grant } from '../../../server/platform/access/grant.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { choice, choiceParameter, day, id, idParameter, kindOf, optional, PAGE, text } from './fields.js'
import { ownMember } from './members.js'
import { signedIn, type RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { withPin } from './stage/with-pin.js'
import { unit } from './units.js'

/** An office that is opened with the role; no member is named then, so the calls name none. */
const office = kindOf([
  ...[7, 'x', [], {}],
  ...[{ title: '党费管理岗', personName: '阿依努尔' }],
  ...[{ title: '', personName: '阿依努尔', phone: '19990040001' }],
  ...[{ title: '党费管理岗', personName: '长'.repeat(41), phone: '19990040001' }],
  ...[{ title: '党费管理岗', personName: '阿依努尔', phone: '1999004' }],
])

/** Somebody in the branch who has just come and is bound. */
const boundMember = async (scene: Scene): Promise<string> => {
  if (scene.side === 'nowhere') return newId()
  const { village, abroad } = scene.counties
  return scene.kept(`bound, ${scene.side}`, async () => {
    const { county } = village.world
    const member = await county.member(scene.side === 'inside' ? village.dongling : abroad.branch, {
      name: '郑新',
    })
    await county.bind(await county.account(`o-${newId()}`), member)
    return member.id
  })
}

/** A secretary's role over the unit that nobody has ended yet, held by somebody who has just come. */
export async function grant(scene: Scene): Promise<string> {
  const { side, counties, kept } = scene
  const { village, abroad } = counties
  if (side === 'nowhere') return newId()
  const { world, dongling } = village
  return kept(`a role ${side}`, async () => {
    const holder = await world.county.member(side === 'inside' ? dongling : abroad.branch, { name: '郑新' })
    const account = await world.county.account(`o-${newId()}`)
    await world.county.bind(account, holder)
    await world.county.grant(account, 'secretary', side === 'inside' ? dongling : abroad.branch)
    const row = await world.database
      .repository(Grant)
      .findOneByOrFail({ holderId: holder.id, revokedAt: IsNull() })
    return row.id
  })
}

export const roles: RouteDescription[] = [
  {
    route: 'GET /api/v1/roles',
    permission: 'role.manage',
    answers: { administrator: '200/404' },
    about: 'scope',
    query: { unitId: idParameter(unit), state: choiceParameter(), ...PAGE },
    list: ['', 'state=ended'],
  },
  {
    ...withPin,
    route: 'POST /api/v1/roles',
    permission: 'role.manage',
    answers: { administrator: '201/404' },
    about: 'scope',
    body: {
      role: choice('dues-officer'),
      unitId: id(unit),
      memberId: optional(id(boundMember)),
      office: optional(office()),
      post: optional(kindOf([7, 'x', [], {}, { unitId: 'x', title: '书记' }])()),
      lastOn: optional(day('2027-11-30')),
      document: text('云组发〔2026〕12号'),
      reason: text('分工调整'),
    },
    asOneself: { body: { memberId: ownMember, office: undefined } },
    writes: ['approval_request'],
    repeated: { underKey: true },
  },
  {
    ...withPin,
    route: 'POST /api/v1/roles/{id}/ending',
    permission: 'role.manage',
    answers: { administrator: '201/404' },
    about: 'scope',
    path: { id: grant },
    asOneself: {
      path: {
        id: async ({ counties }, { accountId }) => {
          const { world } = counties.village
          const row = await world.database.repository(Grant).findOneByOrFail({ accountId })
          return row.id
        },
      },
    },
    body: { reason: text('岗位调整') },
    writes: ['access_grant'],
    writesSometimes: {
      approval_request: 'that of whoever manages roles waits for a second person',
      office: 'an office without a role is closed',
    },
    repeated: { underKey: true },
  },
  {
    route: 'GET /api/v1/me/roles',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    list: [''],
  },
]
