import request from 'supertest'
import { BindingRecord } from '../../../server/modules/organization/bindings/binding.entity.js'
import { PRIVACY_STATEMENT } from '../../../server/modules/privacy-statement.js'
import { newId } from '../../../server/platform/database/ids.js'
import type { BuiltMember } from '../../../server/seeds/county-builder.js'
import type { Account } from '../../../server/contracts/home/account.js'
import { OPENIDS, PHONES } from '../../support/village.js'
import { Caller } from '../../support/world.js'
import { pdfAsText } from '../../support/pdf-text.js'
import {
  billOf,
  MONTH,
  newGeneration,
  openPayment,
  uploadAs,
  type Role,
  type TwoCounties,
} from './two-counties.js'

/** `nowhere` is an id like others that nothing has. */
export type Side = 'inside' | 'outside' | 'nowhere'

export interface Scene {
  counties: TwoCounties
  role: Role
  side: Side
  caller: Caller
}

type RouteCall = (scene: Scene) => PromiseLike<request.Response>

export const CAST: Record<Exclude<Role, 'nobody'>, keyof typeof OPENIDS> = {
  account: 'stranger',
  member: 'chen',
  secretary: 'li',
  officer: 'zhou',
  superior: 'gao',
}

export function callerOf({ callers, village }: TwoCounties, role: Role): Caller {
  return role === 'nobody' ? new Caller(village.world.baseUrl, '') : callers[role]
}

/** Makes a call that everything but permission would let pass, with things of its own where it changes any. */
export async function callRoute(
  counties: TwoCounties,
  route: string,
  role: Role,
  side: Side,
): Promise<request.Response> {
  const call = ROUTE_CALLS[route]
  if (!call) throw new Error(`nobody wrote down how ${route} is called`)
  return call({ counties, role, side, caller: callerOf(counties, role) })
}

/** Routes of monitors stand outside `/api/v1`. */
const plain =
  (path: string): RouteCall =>
  ({ counties, caller }) =>
    request(counties.village.world.baseUrl).get(path).set('authorization', `Bearer ${caller.token}`)

const member = ({ counties: { village, abroad }, role, side }: Scene): string => {
  if (side === 'nowhere') return newId()
  if (side === 'inside') return village.members.wang.id
  return role === 'secretary' ? village.members.lyu.id : abroad.member.id
}

const unit = ({ counties: { village, abroad }, role, side }: Scene): string => {
  if (side === 'nowhere') return newId()
  if (side === 'inside') return village.dongling.id
  return role === 'secretary' ? village.hexi.id : abroad.branch.id
}

const rosterImport = async ({ counties, side }: Scene): Promise<string> => {
  const { village, abroad, callers, upload } = counties
  if (side === 'nowhere') return newId()
  const made =
    side === 'inside'
      ? await upload(callers.officer, village.dongling)
      : await upload(abroad.officer, abroad.branch)
  return made.id
}

/** A claim on a member, made by a person nobody has met. */
async function binding(scene: Scene, state: BindingRecord['state']): Promise<string> {
  const { counties, side } = scene
  if (side === 'nowhere') return newId()
  const { county, database } = counties.village.world
  const accountId = await county.account(`o-${newId()}`)
  const row: BindingRecord = {
    id: newId(),
    kind: 'own',
    accountId,
    memberId: member(scene),
    state,
    phone: PHONES.wang,
    accountKey: accountId,
    // Others may stand on the same member here: what is tested is who may decide, not who was first.
    memberKey: null,
    claimedAt: new Date(),
    decidedBy: null,
    decidedAt: null,
    reason: null,
  }
  await database.repository(BindingRecord).insert(row)
  return row.id
}

/** A claim of the caller's own, or one of somebody else. */
async function ownBinding(scene: Scene, state: 'pending' | 'name-needed'): Promise<string> {
  if (scene.side !== 'inside' || scene.role === 'nobody') return binding(scene, state)
  const accountId = await freeAccount(scene)
  const id = await binding(scene, state)
  const { database } = scene.counties.village.world
  const bindings = database.repository(BindingRecord)
  const isTaken = await bindings.existsBy({ accountKey: accountId })
  if (!isTaken) await bindings.update(id, { accountId, accountKey: accountId, phone: PHONES.couple })
  return id
}

/** The caller's account, after the claims that earlier calls have left were forgotten. */
async function freeAccount({ counties, caller }: Scene): Promise<string> {
  const { id } = (await caller.get('/me').expect(200)).body as Account
  await counties.village.world.database.execute(
    `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL
     WHERE state IN ('pending', 'name-needed')`,
  )
  return id
}

async function payer({ counties, role, side }: Scene): Promise<{ tradeNo: string; billId: string }> {
  const { village, callers } = counties
  if (side === 'nowhere') return { tradeNo: `D20261121${newId().slice(6)}`, billId: `${newId()}202611` }
  const own: Partial<Record<Role, [Caller, BuiltMember]>> = {
    member: [callers.member, village.members.chen],
    secretary: [callers.secretary, village.members.li],
  }
  const others: [Caller, BuiltMember] = [await village.as('lyu'), village.members.lyu]
  const [who, whom] = (side === 'inside' && own[role]) || others
  return { tradeNo: (await openPayment(who, whom)).tradeNo, billId: billOf(whom) }
}

/** Another phone of the caller, one of somebody else, or none. */
async function device(scene: Scene): Promise<string> {
  const { counties, role, side } = scene
  if (side === 'nowhere') return newId()
  const owner = side === 'inside' && role !== 'nobody' ? CAST[role] : 'lyu'
  return sessionOf(await counties.village.as(owner))
}

/** The id in an access token. */
function sessionOf({ token }: Caller): string {
  const content = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(content) as { sid: string }).sid
}

const REASON = { reason: '核对过了' }

/** Signed in on another phone, because the call ends the session. */
const onAnotherPhone = ({ counties, role, caller }: Scene): Promise<Caller> | Caller =>
  role === 'nobody' ? caller : counties.village.as(CAST[role])

export const ROUTE_CALLS: Record<string, RouteCall> = {
  'GET /healthz': plain('/healthz'),
  'GET /readyz': plain('/readyz'),
  'GET /metrics': plain('/metrics'),
  'GET /api/v1/privacy-statement': ({ caller }) => caller.get('/privacy-statement'),
  'POST /api/v1/sessions': async ({ caller, counties }) =>
    caller.post('/sessions', {
      code: await counties.village.world.wechat.control.loginCode(OPENIDS.stranger),
      privacyVersion: PRIVACY_STATEMENT.version,
    }),
  'POST /api/v1/session-refreshes': async (scene) =>
    scene.caller.post('/session-refreshes', {
      refreshToken: (await scene.counties.village.as('lyu')).refreshToken,
    }),
  'DELETE /api/v1/sessions/current': async (scene) =>
    (await onAnotherPhone(scene)).delete('/sessions/current'),
  // From another phone as well, which may end all the others, because this is the last but one row.
  'DELETE /api/v1/me/devices': async (scene) => (await onAnotherPhone(scene)).delete('/me/devices'),
  'DELETE /api/v1/me/consent': async (scene) => (await onAnotherPhone(scene)).delete('/me/consent'),

  'GET /api/v1/me': ({ caller }) => caller.get('/me'),
  'PUT /api/v1/me/preferences': ({ caller }) => caller.put('/me/preferences', { textSize: 'large' }),
  'GET /api/v1/me/today': ({ caller }) => caller.get('/me/today'),
  'GET /api/v1/me/month': ({ caller }) => caller.get('/me/month'),
  'GET /api/v1/me/branch': ({ caller }) => caller.get('/me/branch'),
  'GET /api/v1/me/bills': ({ caller }) => caller.get('/me/bills'),
  'GET /api/v1/me/devices': ({ caller }) => caller.get('/me/devices'),
  'DELETE /api/v1/me/devices/{id}': async (scene) =>
    scene.caller.delete(`/me/devices/${await device(scene)}`),
  'GET /api/v1/me/disclosures': ({ caller }) => caller.get('/me/disclosures'),

  'POST /api/v1/payments': async (scene) => {
    const { billId } = await payer(scene)
    return scene.caller.post('/payments', { billIds: [billId] }).set('idempotency-key', newId())
  },
  'GET /api/v1/payments/{tradeNo}': async (scene) =>
    scene.caller.get(`/payments/${(await payer(scene)).tradeNo}`),
  'DELETE /api/v1/payments/{tradeNo}': async (scene) =>
    scene.caller.delete(`/payments/${(await payer(scene)).tradeNo}`),

  'POST /api/v1/bindings': async (scene) => {
    const { counties, role, caller } = scene
    if (role === 'nobody') return caller.post('/bindings', { phoneCode: 'any' })
    const isNew = role === 'account'
    if (isNew) await freeAccount(scene)
    const { control } = counties.village.world.wechat
    const phoneCode = await control.phoneCode(OPENIDS[CAST[role]], isNew ? PHONES.sun : undefined)
    return caller.post('/bindings', { phoneCode })
  },
  'POST /api/v1/bindings/{id}/name': async (scene) =>
    scene.caller.post(`/bindings/${await ownBinding(scene, 'name-needed')}/name`, { name: '刘德厚' }),
  'DELETE /api/v1/bindings/{id}': async (scene) =>
    scene.caller.delete(`/bindings/${await ownBinding(scene, 'pending')}`),
  'GET /api/v1/bindings': ({ caller }) => caller.get('/bindings'),
  'POST /api/v1/bindings/{id}/confirmation': async (scene) =>
    scene.caller.post(`/bindings/${await binding(scene, 'pending')}/confirmation`),
  'POST /api/v1/bindings/{id}/rejection': async (scene) =>
    scene.caller.post(`/bindings/${await binding(scene, 'pending')}/rejection`, REASON),
  'POST /api/v1/bindings/{id}/undoing': async (scene) =>
    scene.caller.post(`/bindings/${await binding(scene, 'confirmed')}/undoing`, REASON),

  'GET /api/v1/units': ({ caller }) => caller.get('/units'),
  'POST /api/v1/units': (scene) =>
    scene.caller.post('/units', { parentId: unit(scene), kind: 'group', name: `第${newId()}党小组` }),
  'GET /api/v1/units/{id}/dues-policy': (scene) => scene.caller.get(`/units/${unit(scene)}/dues-policy`),
  'PUT /api/v1/units/{id}/dues-policy': (scene) =>
    scene.caller.put(`/units/${unit(scene)}/dues-policy`, { farmerFen: 20, rounding: 'fen' }),

  'GET /api/v1/members': (scene) => scene.caller.get(`/members?unitId=${unit(scene)}`),
  'GET /api/v1/members/{id}': (scene) => scene.caller.get(`/members/${member(scene)}`),
  'GET /api/v1/members/{id}/timeline': (scene) => scene.caller.get(`/members/${member(scene)}/timeline`),
  'POST /api/v1/members/{id}/disclosures': (scene) =>
    scene.caller.post(`/members/${member(scene)}/disclosures`, { reason: '打电话通知开会' }),
  'GET /api/v1/members/{id}/assessments': (scene) =>
    scene.caller.get(`/members/${member(scene)}/assessments`),
  'POST /api/v1/members/{id}/assessments': (scene) =>
    scene.caller.post(`/members/${member(scene)}/assessments`, {
      fromMonth: MONTH,
      duesClass: 'retired',
      baseFen: 400_000,
      reason: '养老金调整',
    }),

  'GET /api/v1/dues-ledger': (scene) => scene.caller.get(`/dues-ledger?unitId=${unit(scene)}`),
  'GET /api/v1/dues-ledger/months': (scene) => scene.caller.get(`/dues-ledger/months?unitId=${unit(scene)}`),
  'GET /api/v1/dues-ledger/workbook': (scene) =>
    scene.caller.get(`/dues-ledger/workbook?unitId=${unit(scene)}`),
  'GET /api/v1/dues-ledger/document': (scene) =>
    scene.caller
      .get(`/dues-ledger/document?unitId=${unit(scene)}`)
      .buffer(true)
      .parse(pdfAsText),
  'GET /api/v1/dues-generations': ({ caller }) => caller.get('/dues-generations'),
  'GET /api/v1/dues-generations/preview': (scene) =>
    scene.caller.get(`/dues-generations/preview?month=${MONTH}&unitId=${unit(scene)}`),
  'GET /api/v1/dues-generations/{id}': async (scene) => {
    const { village, callers, abroad } = scene.counties
    await village.world.settle()
    const [officer, where] =
      scene.side === 'inside' ? [callers.officer, village.dongling] : [abroad.officer, abroad.branch]
    const id = scene.side === 'nowhere' ? newId() : (await newGeneration(officer, where)).id
    return scene.caller.get(`/dues-generations/${id}`)
  },
  'POST /api/v1/dues-generations': async (scene) => {
    await scene.counties.village.world.settle()
    return scene.caller.post('/dues-generations', { month: MONTH, unitId: unit(scene) })
  },

  'POST /api/v1/roster-imports': async (scene) => {
    const { roster, village } = scene.counties
    return uploadAs(scene.caller, await roster(village.dongling), unit(scene))
  },
  'GET /api/v1/roster-imports': ({ caller }) => caller.get('/roster-imports'),
  'GET /api/v1/roster-imports/{id}': async (scene) =>
    scene.caller.get(`/roster-imports/${await rosterImport(scene)}`),
  'GET /api/v1/roster-imports/{id}/rows': async (scene) =>
    scene.caller.get(`/roster-imports/${await rosterImport(scene)}/rows`),
  'PUT /api/v1/roster-imports/{id}/unit-matches': async (scene) =>
    scene.caller.put(`/roster-imports/${await rosterImport(scene)}/unit-matches`, {
      matches: [{ name: '东岭', unitId: scene.counties.village.dongling.id }],
    }),
  'PUT /api/v1/roster-imports/{id}/ticks': async (scene) =>
    scene.caller.put(`/roster-imports/${await rosterImport(scene)}/ticks`, { ticked: true }),
  'POST /api/v1/roster-imports/{id}/execution': async (scene) =>
    scene.caller.post(`/roster-imports/${await rosterImport(scene)}/execution`, { assessmentMonth: MONTH }),
  'GET /api/v1/roster-imports/{id}/refused-rows': async (scene) =>
    scene.caller.get(`/roster-imports/${await rosterImport(scene)}/refused-rows`),
  'DELETE /api/v1/roster-imports/{id}': async (scene) =>
    scene.caller.delete(`/roster-imports/${await rosterImport(scene)}`),
}
