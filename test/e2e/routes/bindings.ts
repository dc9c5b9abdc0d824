import { IsNull } from 'typeorm'
import { BindingRecord } from '../../../server/modules/organization/bindings/binding.entity.js'
import { Grant } from '../../../server/platform/access/grant.entity.js'
import { newId } from '../../../server/platform/database/ids.js'
import { OPENIDS, PHONES } from '../../support/village.js'
import { choiceParameter, PAGE, spent, text } from './fields.js'
import { member } from './members.js'
import type { RouteDescription } from './route.js'
import type { Oneself, Scene } from './stage/scene.js'
import { CAST } from './stage/two-counties.js'

const decision = {
  permission: 'binding.decide',
  answers: { secretary: '201/404', officer: '201/404' },
  about: 'scope',
  repeated: { underKey: true },
} as const

/** The claim is kept, because the branch is told of it. */
const SOMEBODY_ELSE = { binding: 'somebody else claims the member already' }

export const bindings: RouteDescription[] = [
  {
    route: 'POST /api/v1/bindings',
    permission: 'binding.claim',
    // A member is bound already, officer and superior have telephones that no roster knows.
    answers: { account: 201, member: 409, secretary: 409, officer: 400, administrator: 400, superior: 400 },
    about: 'self',
    before: withdrawClaims,
    body: { phoneCode: spent(text(phoneCode)) },
    writes: ['binding'],
    writesRefused: SOMEBODY_ELSE,
    repeated: { underKey: true, another: { phoneCode } },
  },
  {
    route: 'POST /api/v1/bindings/{id}/name',
    permission: 'binding.claim',
    answers: {
      account: '201/404',
      member: 404,
      secretary: 404,
      officer: '201/404',
      administrator: '201/404',
      superior: '201/404',
    },
    about: 'self',
    path: { id: ownClaim('name-needed') },
    body: { name: text('刘德厚') },
    writes: ['binding'],
    writesRefused: SOMEBODY_ELSE,
    repeated: { underKey: true, another: { name: () => '刘桂英' } },
  },
  {
    route: 'DELETE /api/v1/bindings/{id}',
    permission: 'binding.claim',
    answers: {
      account: '204/404',
      member: 404,
      secretary: 404,
      officer: '204/404',
      administrator: '204/404',
      superior: '204/404',
    },
    about: 'self',
    path: { id: ownClaim('pending') },
    writes: ['binding'],
    withoutJson: true,
  },
  {
    route: 'GET /api/v1/bindings',
    permission: 'binding.decide',
    answers: { secretary: 200, officer: 200 },
    about: 'scope',
    query: { state: choiceParameter(), ...PAGE },
    list: ['state=pending', 'state=confirmed', 'state=refused'],
  },
  {
    ...decision,
    route: 'POST /api/v1/bindings/{id}/confirmation',
    path: { id: claim('pending') },
    asOneself: { path: { id: (scene, { memberId }) => enter(scene, memberId, 'pending') } },
    writes: ['binding'],
  },
  {
    ...decision,
    route: 'POST /api/v1/bindings/{id}/rejection',
    path: { id: claim('pending') },
    asOneself: { path: { id: (scene, { memberId }) => enter(scene, memberId, 'pending') } },
    body: { reason: text('不是本人') },
    writes: ['binding'],
  },
  {
    ...decision,
    route: 'POST /api/v1/bindings/{id}/undoing',
    path: { id: claim('confirmed') },
    asOneself: { path: { id: ownBinding } },
    body: { reason: text('登记有误') },
    writes: ['binding', 'access_grant'],
  },
  {
    ...decision,
    route: 'POST /api/v1/bindings/{id}/undoing-requests',
    path: { id: claim('confirmed') },
    asOneself: { path: { id: ownBinding } },
    body: { reason: text('登记有误') },
    writes: ['approval_request'],
  },
]

/** A code with which WeChat vouches for the caller's telephone; the one of 孙小梅 for whoever is not on a roster yet. */
function phoneCode({ counties, role }: Scene): Promise<string> | string {
  if (role === 'nobody') return 'any'
  const { control } = counties.village.world.wechat
  return control.phoneCode(OPENIDS[CAST[role]], role === 'account' ? PHONES.sun : undefined)
}

/** A claim on a member, made by a person nobody has met. */
function claim(state: BindingRecord['state']) {
  return (scene: Scene): Promise<string> => {
    const memberId = member(scene)
    return scene.side === 'nowhere'
      ? Promise.resolve(memberId)
      : scene.kept(`${state} claim on ${memberId}`, () => enter(scene, memberId, state))
  }
}

/** A claim of the caller's own, or one of somebody else. */
function ownClaim(state: 'pending' | 'name-needed') {
  return async (scene: Scene): Promise<string> => {
    const { role, side, counties } = scene
    if (side !== 'inside' || role === 'nobody') return claim(state)(scene)
    await withdrawClaims(scene)
    const [account] = await counties.village.world.database.query<{ id: string }>(
      'SELECT id FROM account WHERE openid = ?',
      [OPENIDS[CAST[role]]],
    )
    const accountId = account?.id ?? ''
    const id = await enter(scene, member(scene), state)
    const rows = counties.village.world.database.repository(BindingRecord)
    const isBound = await rows.existsBy({ accountKey: accountId })
    if (!isBound) await rows.update(id, { accountId, accountKey: accountId, phone: PHONES.couple })
    return id
  }
}

async function ownBinding({ counties }: Scene, { accountId }: Oneself): Promise<string> {
  const rows = counties.village.world.database.repository(BindingRecord)
  return (await rows.findOneByOrFail({ accountKey: accountId })).id
}

async function enter({ counties }: Scene, memberId: string, state: BindingRecord['state']): Promise<string> {
  const { county, database } = counties.village.world
  const accountId = await county.account(`o-${newId()}`)
  const row: BindingRecord = {
    id: newId(),
    kind: 'own',
    accountId,
    memberId,
    state,
    phone: PHONES.wang,
    accountKey: accountId,
    // Others may stand on the same member here: what is tested is who may decide, not who was first.
    memberKey: null,
    claimedAt: new Date(),
    confirmedAt: state === 'confirmed' ? new Date() : null,
    decidedBy: null,
    decidedAt: null,
    reason: null,
  }
  await database.repository(BindingRecord).insert(row)
  // Undoing it takes the roles away too. The county leaves those alone that others have entered for the member.
  const holdsOne = await database.repository(Grant).existsBy({ holderId: memberId, revokedAt: IsNull() })
  if (state === 'confirmed' && !holdsOne)
    await county.grant(accountId, 'secretary', counties.village.dongling)
  return row.id
}

/** Forgets the claims that earlier calls of the cast have left. */
function withdrawClaims({ counties }: Scene): Promise<unknown> {
  const openids = Object.values(CAST).map((person) => OPENIDS[person])
  return counties.village.world.database.execute(
    `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL
     WHERE state IN ('pending', 'name-needed')
       AND accountId IN (SELECT id FROM account WHERE openid IN (${openids.map(() => '?').join(', ')}))`,
    openids,
  )
}
