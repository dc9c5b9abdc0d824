import { alternately, choice, month, optional, PAGE, text, whole } from './fields.js'
import { BILLS_FOLLOW } from './bills-follow.js'
import { member, newcomer, ownMember } from './members.js'
import type { RouteDescription } from './route.js'
import { MONTH } from './stage/two-counties.js'
import { unit } from './units.js'

/** Policies of units, assessments of members, and one's own bills. */
export const dues: RouteDescription[] = [
  {
    route: 'GET /api/v1/units/{id}/dues-policy',
    permission: 'unit.read',
    answers: { secretary: '200/404', officer: '200/404', administrator: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: unit },
  },
  {
    route: 'PUT /api/v1/units/{id}/dues-policy',
    permission: 'unit.manage',
    answers: { officer: '200/404' },
    about: 'scope',
    path: { id: unit },
    body: {
      farmerFen: whole(alternately(21, 22)),
      rounding: choice('fen'),
      fromMonth: optional(month(MONTH)),
      later: optional(choice('replace')),
    },
    writes: ['dues_policy_period', 'job'],
  },
  {
    route: 'GET /api/v1/members/{id}/assessments',
    permission: 'dues.read',
    answers: { secretary: '200/404', officer: '200/404', superior: '200/404' },
    about: 'scope',
    path: { id: member },
  },
  {
    route: 'POST /api/v1/members/{id}/assessments',
    permission: 'dues.assess',
    answers: { officer: '201/404' },
    about: 'scope',
    path: { id: newcomer },
    asOneself: { path: { id: ownMember } },
    body: {
      fromMonth: month(MONTH),
      duesClass: choice('retired'),
      baseFen: optional(whole(400_000)),
      later: optional(choice('keep')),
      reason: text('养老金调整'),
    },
    writes: ['dues_class_period', 'member'],
    writesSometimes: BILLS_FOLLOW,
    repeated: { underKey: true, another: { baseFen: () => 500_000 } },
  },
  {
    route: 'GET /api/v1/dues-differences',
    permission: 'dues.read',
    answers: { secretary: 200, officer: 200, superior: 200 },
    about: 'scope',
    query: PAGE,
    list: [''],
  },
  {
    route: 'GET /api/v1/me/bill-changes',
    permission: 'dues.pay',
    answers: { member: 200, secretary: 200 },
    about: 'self',
    list: 'figures only',
  },
  {
    route: 'GET /api/v1/me/bills',
    permission: 'dues.pay',
    answers: { member: 200, secretary: 200 },
    about: 'self',
    query: PAGE,
    list: [''],
  },
]
