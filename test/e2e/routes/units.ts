import { newId } from '../../../server/platform/database/ids.js'
import { choice, id, optional, text, whole } from './fields.js'
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
    answers: { secretary: 200, officer: 200, superior: 200 },
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
    writes: ['unit', 'org_node'],
    repeated: { underKey: true, another: { name: () => `第${newId()}党小组` } },
  },
  {
    route: 'GET /api/v1/units/{id}/dues-policy',
    permission: 'unit.read',
    answers: { secretary: '200/404', officer: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: unit },
  },
  {
    route: 'PUT /api/v1/units/{id}/dues-policy',
    permission: 'unit.manage',
    answers: { officer: '200/404' },
    about: 'scope',
    path: { id: unit },
    body: { farmerFen: whole(20), rounding: choice('fen') },
    writes: ['unit'],
  },
]
