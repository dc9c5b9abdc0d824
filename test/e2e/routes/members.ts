import { newId } from '../../../server/platform/database/ids.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import {
  alternately,
  choice,
  choiceParameter,
  day,
  idParameter,
  kindOf,
  month,
  optional,
  PAGE,
  text,
  textParameter,
} from './fields.js'
import { BILLS_FOLLOW } from './bills-follow.js'
import type { RouteDescription } from './route.js'
import type { ChosenOfOneself, Scene } from './stage/scene.js'
import type { TwoCounties } from './stage/two-counties.js'
import { unit } from './units.js'

/** 王秀兰 of 东岭村; 吕岩 of the other branch for its secretary, 孙国强 of 南湾村 for everybody above; or none. */
export const member = ({ counties: { village, abroad }, role, side }: Scene): string => {
  if (side === 'nowhere') return newId()
  if (side === 'inside') return village.members.wang.id
  return (role === 'secretary' ? village.members.lyu : abroad.member).id
}

/** The same, but inside somebody who has just come. */
export const newcomer = async (scene: Scene): Promise<string> => {
  if (scene.side !== 'inside') return member(scene)
  const { world, dongling } = scene.counties.village
  const { id } = await scene.kept<BuiltMember>('a newcomer', () =>
    world.county.member(dongling, { name: '郑新' }),
  )
  return id
}

/** A fact of the newcomer that was recorded by mistake. */
const recordedFact = async (scene: Scene): Promise<string> => {
  if (scene.side !== 'inside') return newId()
  const memberId = await newcomer(scene)
  return scene.kept('a recorded fact', () => factOf(scene.counties, memberId))
}

async function factOf({ village: { world } }: TwoCounties, memberId: string): Promise<string> {
  await world.county.fact({ id: memberId }, 'art-23', 'by-branch', '2026-11-01')
  const [fact] = await world.database.query<{ id: string }>(
    `SELECT id FROM member_period WHERE memberId = ? AND kind = 'art-23'`,
    [memberId],
  )
  return fact?.id ?? newId()
}

/** One request waits at a time. */
async function takeRequestsBack({ counties: { village } }: Scene): Promise<void> {
  await village.world.database.execute(
    `UPDATE approval_request SET state = 'withdrawn', openKey = NULL WHERE kind = 'member.art-23'`,
  )
}

/** The caller as a member. */
export const ownMember: ChosenOfOneself = (_, { memberId }) => memberId
/** A mobile number of the mainland. */
const phone = kindOf([
  7,
  {},
  '',
  '1234',
  '29990010001',
  '1999001000',
  '199900100011',
  '１９９９００１０００１',
  ['19990010001'],
])

export const members: RouteDescription[] = [
  {
    route: 'GET /api/v1/members',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    query: { unitId: idParameter(unit), q: textParameter(), assessment: choiceParameter(), ...PAGE },
    list: ['limit=100', 'q=王'],
  },
  {
    route: 'GET /api/v1/members/{id}',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: member },
  },
  {
    route: 'GET /api/v1/members/{id}/timeline',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: member },
  },
  {
    route: 'POST /api/v1/members/{id}/disclosures',
    permission: 'member.disclose',
    answers: { secretary: '201/404' },
    about: 'scope',
    path: { id: member },
    body: { reason: text('打电话通知开会') },
    writes: ['disclosure'],
    repeated: { instead: 'reading again is a reading: allowed again, and recorded again' },
    uncovers: 'this is what it is for; each reading is recorded, and the member sees it',
  },
  {
    route: 'GET /api/v1/members/{id}/facts',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: member },
  },
  {
    route: 'POST /api/v1/members/{id}/facts',
    permission: 'member.record',
    answers: { secretary: '201/404', officer: '201/404' },
    about: 'scope',
    path: { id: newcomer },
    asOneself: { path: { id: ownMember } },
    body: {
      kind: choice('art-23'),
      value: choice('by-branch'),
      fromOn: day('2026-11-01'),
      untilOn: optional(day('2026-12-01')),
      duesPaidThrough: optional(month()),
      document: optional(text('支部委员会 2026 年第 11 次会议')),
      reason: text('年老体弱，支部认定'),
    },
    writes: ['member_period', 'member'],
    writesSometimes: {
      ...BILLS_FOLLOW,
      dues_place: 'dues follow the unit',
      binding: 'who has ended is not bound',
      access_grant: 'who has ended has no role',
      unit_post_period: 'who has ended holds no post',
    },
    repeated: { underKey: true, another: { fromOn: () => '2026-10-01', untilOn: () => '2026-10-15' } },
  },
  {
    route: 'POST /api/v1/members/{id}/fact-requests',
    permission: 'member.record',
    answers: { secretary: '201/404', officer: '201/404' },
    about: 'scope',
    path: { id: newcomer },
    asOneself: { path: { id: ownMember } },
    body: {
      kind: choice(alternately('art-23', 'rights')),
      value: choice(alternately('by-branch', 'none')),
      fromOn: day('2026-11-01'),
      untilOn: optional(day('2026-12-01')),
      duesPaidThrough: optional(month()),
      document: optional(text('支部委员会 2026 年第 11 次会议')),
      reason: text('年老体弱，支部认定'),
    },
    writes: ['approval_request'],
    repeated: { underKey: true },
  },
  {
    route: 'POST /api/v1/members/{id}/facts/{factId}/withdrawal',
    permission: 'member.record',
    answers: { secretary: '201/404', officer: '201/404' },
    about: 'scope',
    path: { id: newcomer, factId: recordedFact },
    asOneself: {
      path: { id: ownMember, factId: ({ counties }, { memberId }) => factOf(counties, memberId) },
    },
    body: { reason: text('登记错了人') },
    writes: ['member_period', 'member'],
    writesSometimes: {
      ...BILLS_FOLLOW,
      dues_place: 'dues follow the unit',
      binding: 'who has ended is not bound',
      access_grant: 'who has ended has no role',
      unit_post_period: 'who has ended holds no post',
    },
    repeated: { underKey: true },
  },
  {
    route: 'POST /api/v1/members/{id}/phone-changes',
    permission: 'member.phone',
    answers: { secretary: '201/404', officer: '201/404', administrator: '201/404' },
    about: 'scope',
    path: { id: newcomer },
    asOneself: { path: { id: ownMember } },
    body: { phone: phone('19990010077'), reason: text('换了号码') },
    writes: ['member', 'member_phone_entry'],
    writesSometimes: { approval_request: 'the number of somebody who is bound waits for a second person' },
    repeated: { underKey: true, another: { phone: () => '19990010078' } },
  },
  {
    route: 'GET /api/v1/me/art-23',
    permission: 'branch.view',
    answers: { member: 200, secretary: 200 },
    about: 'self',
    list: 'figures only',
  },
  {
    route: 'POST /api/v1/me/art-23/requests',
    permission: 'branch.view',
    answers: { member: 201, secretary: 201 },
    about: 'self',
    before: takeRequestsBack,
    body: { reason: text('八十岁，行动不便') },
    writes: ['approval_request'],
    repeated: { underKey: true, another: { reason: () => '常年卧床' } },
  },
  {
    route: 'GET /api/v1/me/disclosures',
    permission: 'branch.view',
    answers: { member: 200, secretary: 200 },
    about: 'self',
    query: PAGE,
    list: [''],
  },
]
