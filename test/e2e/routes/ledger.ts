import { choiceParameter, idParameter, monthParameter, PAGE } from './fields.js'
import type { RouteDescription } from './route.js'
import { MONTH } from './stage/two-counties.js'
import { unit } from './units.js'

const query = { unitId: idParameter(unit), month: monthParameter() }
const all = { secretary: '200/404', officer: '200/404', superior: '200/404' } as const
/** Whoever only looks takes nothing away. */
const keepers = { secretary: '200/404', officer: '200/404' } as const

export const ledger: RouteDescription[] = [
  {
    route: 'GET /api/v1/dues-ledger',
    permission: 'dues.read',
    answers: all,
    about: 'scope',
    query: { ...query, state: choiceParameter(), ...PAGE },
    list: [`month=${MONTH}&limit=100`, `month=${MONTH}&state=unpaid`, 'month=2026-10'],
  },
  {
    route: 'GET /api/v1/dues-ledger/months',
    permission: 'dues.read',
    answers: all,
    about: 'scope',
    query,
    list: 'figures only',
  },
  {
    route: 'GET /api/v1/dues-ledger/workbook',
    permission: 'dues.export',
    answers: keepers,
    about: 'scope',
    query: { ...query, approvalId: idParameter() },
    list: [`month=${MONTH}`],
    writes: ['event'],
    withoutJson: true,
  },
  {
    route: 'GET /api/v1/dues-ledger/document',
    permission: 'dues.export',
    answers: keepers,
    about: 'scope',
    query: { ...query, approvalId: idParameter() },
    list: [`month=${MONTH}`],
    writes: ['event'],
    withoutJson: true,
  },
]
