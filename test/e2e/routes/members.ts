import { newId } from '../../../server/platform/database/ids.js'
import type { BuiltMember } from '../../../server/seeds/organization/county-builder.js'
import { choiceParameter, idParameter, PAGE, text, textParameter } from './fields.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'
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

export const members: RouteDescription[] = [
  {
    route: 'GET /api/v1/members',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', superior: '200/404' },
    about: 'scope',
    query: { unitId: idParameter(unit), q: textParameter(), assessment: choiceParameter(), ...PAGE },
    list: ['limit=100', 'q=王'],
  },
  {
    route: 'GET /api/v1/members/{id}',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: member },
  },
  {
    route: 'GET /api/v1/members/{id}/timeline',
    permission: 'member.read',
    answers: { secretary: '200/404', officer: '200/404', superior: '200/404' },
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
    route: 'GET /api/v1/me/disclosures',
    permission: 'branch.view',
    answers: { member: 200, secretary: 200 },
    about: 'self',
    query: PAGE,
    list: [''],
  },
]
