import { newId } from '../../../server/platform/database/ids.js'
import { choice, id, optional, text } from './fields.js'
import type { RouteDescription } from './route.js'
import type { Scene } from './stage/scene.js'

/** 东岭村; the other branch for its secretary, 南湾村 for everybody above; or none. */
export const unit = ({ counties: { village, abroad }, role, side }: Scene): string => {
  if (side === 'nowhere') return newId()
  if (side === 'inside') return village.dongling.id
  return role === 'secretary' ? village.hexi.id : abroad.branch.id
}

export const units: RouteDescription[] = [
  {
    route: 'GET /api/v1/units',
    permission: 'unit.read',
    answers: { secretary: 200, officer: 200, administrator: 200, superior: 200 },
    about: 'scope',
    list: [''],
  },
  {
    route: 'POST /api/v1/units',
    permission: 'unit.manage',
    answers: { officer: '201/404' },
    about: 'scope',
    body: {
      parentId: id(unit),
      kind: choice('group'),
      name: text(() => `第${newId()}党小组`),
      phone: optional(text('0990-6120199')),
    },
    // A unit begins with the policy of the one above.
    writes: ['unit', 'org_node', 'dues_policy_period'],
    echoes: ['unit.name-taken'],
    repeated: { underKey: true, another: { name: () => `第${newId()}党小组` } },
  },
]
