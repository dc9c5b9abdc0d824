import { Approvals } from '../../../server/platform/approval/approvals.js'
import { Accounts } from '../../../server/platform/auth/accounts.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { UnitRecord } from '../../../server/modules/organization/units/unit.entity.js'
import { PHONES, OPENIDS } from '../../support/village.js'
import { PAGE, text } from './fields.js'
import { signedIn, type RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
import { CAST } from './stage/two-counties.js'

const CONTENT = { before: PHONES.sun, phone: '19990010099', reason: '换了号码' }

interface Parties {
  /** The account that asked; one that nobody knows when not given. */
  by?: string
  aboutMemberId?: string
}

/** A request that waits, about somebody who has just come. @returns its id */
export async function waiting(
  { counties }: Pick<Scene, 'counties'>,
  unit: UnitRecord,
  { by, aboutMemberId }: Parties = {},
): Promise<string> {
  const { world } = counties.village
  const { id: subjectId } = await world.county.member(unit, { name: '郑新' })
  const accountId = by ?? (await world.county.account(`o-${newId()}`))
  const request = { subjectId, aboutMemberId: aboutMemberId ?? subjectId, content: CONTENT }
  const [id = ''] = await world.app
    .get(Approvals)
    .ask({ accountId, membership: null }, 'member.phone', { unitId: unit.id }, request)
  return id
}

/** Two requests that are decided together. @returns the id of the list */
async function waitingList({ counties }: Scene, unit: UnitRecord): Promise<string> {
  const { world } = counties.village
  const groupId = newId()
  const accountId = await world.county.account(`o-${newId()}`)
  for (const name of ['郑新', '郑立']) {
    const { id } = await world.county.member(unit, { name })
    const request = { subjectId: id, aboutMemberId: id, content: CONTENT }
    await world.app
      .get(Approvals)
      .ask({ accountId, membership: null }, 'member.phone', { unitId: unit.id, groupId }, request)
  }
  return groupId
}

/** Inside the branch of the secretary and the county of the officer, or outside of it. */
const decidable =
  (make: (scene: Scene, unit: UnitRecord) => Promise<string> = waiting) =>
  (scene: Scene): Promise<string> | string => {
    const { side, role, counties, kept } = scene
    const { village, abroad } = counties
    if (side === 'nowhere') return newId()
    const outside = role === 'secretary' ? village.hexi : abroad.branch
    return kept(`a request ${side} for ${role}, ${make.name}`, () =>
      make(scene, side === 'inside' ? village.dongling : outside),
    )
  }

/** Asked for by the caller, or by somebody else. */
const ownRequest = async (scene: Scene): Promise<string> => {
  const { side, role, counties, kept } = scene
  if (side === 'nowhere') return newId()
  const { world, dongling } = counties.village
  const by =
    side === 'inside' && role !== 'nobody'
      ? await world.app.get(Accounts).forOpenid(OPENIDS[CAST[role]], null)
      : undefined
  return kept(`a request by ${by ?? 'somebody'}`, () =>
    waiting(scene, dongling, by === undefined ? {} : { by }),
  )
}

/** About the caller, or about somebody else. */
const aboutCaller = (scene: Scene): Promise<string> | string => {
  const { side, role, counties, kept } = scene
  if (side === 'nowhere') return newId()
  const { members, dongling, hexi } = counties.village
  const self =
    side === 'inside' && role === 'member'
      ? members.chen
      : side === 'inside' && role === 'secretary'
        ? members.li
        : undefined
  return kept(`a request about ${self?.id ?? 'somebody'}`, () =>
    waiting(scene, self ? dongling : hexi, self ? { aboutMemberId: self.id } : {}),
  )
}

const decision = {
  permission: 'approval.decide',
  answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
  about: 'scope',
  path: { id: decidable() },
  asOneself: {
    path: {
      id: (scene, { memberId }) =>
        waiting(scene, scene.counties.village.dongling, { aboutMemberId: memberId }),
    },
  },
  repeated: { underKey: true },
} as const satisfies Partial<RouteDescription>

export const approvals: RouteDescription[] = [
  {
    route: 'GET /api/v1/approvals',
    permission: 'approval.decide',
    answers: { secretary: 200, officer: 200, administrator: 200 },
    about: 'scope',
    query: PAGE,
    list: [''],
  },
  {
    route: 'GET /api/v1/me/approvals',
    permission: 'account.use',
    answers: signedIn(200),
    about: 'self',
    query: PAGE,
    list: [''],
  },
  {
    route: 'GET /api/v1/approvals/{id}',
    permission: 'account.use',
    answers: {
      account: 404,
      member: 404,
      secretary: '200/404',
      officer: '200/404',
      administrator: '200/404',
      superior: 404,
    },
    about: 'scope',
    path: { id: decidable() },
  },
  {
    route: 'GET /api/v1/approvals/{id}/requests',
    permission: 'account.use',
    answers: {
      account: 404,
      member: 404,
      secretary: '200/404',
      officer: '200/404',
      administrator: '200/404',
      superior: 404,
    },
    about: 'scope',
    path: { id: decidable(waitingList) },
    query: PAGE,
  },
  {
    ...decision,
    route: 'POST /api/v1/approvals/{id}/approval',
    writes: ['approval_request', 'member', 'member_phone_entry'],
  },
  {
    ...decision,
    route: 'POST /api/v1/approvals/{id}/refusal',
    body: { opinion: text('号码核对不上') },
    writes: ['approval_request'],
  },
  {
    route: 'POST /api/v1/approvals/{id}/objection',
    permission: 'account.use',
    answers: {
      account: 404,
      member: '201/404',
      secretary: '201/404',
      officer: 404,
      administrator: 404,
      superior: 404,
    },
    about: 'self',
    path: { id: aboutCaller },
    body: { opinion: text('我没有换号码') },
    writes: ['approval_request'],
    repeated: { underKey: true },
  },
  {
    route: 'POST /api/v1/approvals/{id}/withdrawal',
    permission: 'account.use',
    answers: {
      account: 404,
      member: 404,
      secretary: '201/404',
      officer: '201/404',
      administrator: '201/404',
      superior: 404,
    },
    about: 'self',
    path: { id: ownRequest },
    writes: ['approval_request'],
    repeated: { underKey: true },
  },
]
