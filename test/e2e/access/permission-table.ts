import { ROLES, type Role } from './two-counties.js'

/**
 * What every route answers to everybody, written by hand: this is the specification, the code has to agree.
 * One status holds inside and outside the scope; `200/404` is inside/outside. Outside is another branch for the
 * secretary, another county for officer and superior, and what belongs to somebody else for payments and claims.
 */
const TABLE = `
                                                nobody  account  member   secretary  officer  superior
GET    /healthz                                 200     200      200      200        200      200
GET    /readyz                                  200     200      200      200        200      200
GET    /metrics                                 200     200      200      200        200      200
GET    /api/v1/privacy-statement                200     200      200      200        200      200
POST   /api/v1/sessions                         201     201      201      201        201      201
POST   /api/v1/session-refreshes                201     201      201      201        201      201

GET    /api/v1/me                               401     200      200      200        200      200
PUT    /api/v1/me/preferences                   401     200      200      200        200      200
GET    /api/v1/me/today                         401     200      200      200        200      200
GET    /api/v1/me/month                         401     200      200      200        200      200
GET    /api/v1/me/branch                        401     403      200      200        403      403
GET    /api/v1/me/bills                         401     403      200      200        403      403
GET    /api/v1/me/disclosures                   401     403      200      200        403      403
GET    /api/v1/me/devices                       401     200      200      200        200      200
DELETE /api/v1/me/devices/{id}                  401     204/404  204/404  204/404    204/404  204/404

POST   /api/v1/payments                         401     403      201/404  201/404    403      403
GET    /api/v1/payments/{tradeNo}               401     404      200/404  200/404    404      404
DELETE /api/v1/payments/{tradeNo}               401     404      200/404  200/404    404      404

POST   /api/v1/bindings                         401     201      409      409        400      400
POST   /api/v1/bindings/{id}/name               401     201/404  404      404        201/404  201/404
DELETE /api/v1/bindings/{id}                    401     204/404  404      404        204/404  204/404
GET    /api/v1/bindings                         401     403      403      200        200      403
POST   /api/v1/bindings/{id}/confirmation       401     403      403      201/404    201/404  403
POST   /api/v1/bindings/{id}/rejection          401     403      403      201/404    201/404  403
POST   /api/v1/bindings/{id}/undoing            401     403      403      201/404    201/404  403

GET    /api/v1/units                            401     403      403      200        200      200
POST   /api/v1/units                            401     403      403      403        201/404  403
GET    /api/v1/units/{id}/dues-policy           401     403      403      200/404    200/404  200/404
PUT    /api/v1/units/{id}/dues-policy           401     403      403      403        200/404  403

GET    /api/v1/members                          401     403      403      200/404    200/404  200/404
GET    /api/v1/members/{id}                     401     403      403      200/404    200/404  200/404
GET    /api/v1/members/{id}/timeline            401     403      403      200/404    200/404  200/404
POST   /api/v1/members/{id}/disclosures         401     403      403      201/404    403      403
GET    /api/v1/members/{id}/assessments         401     403      403      200/404    200/404  200/404
POST   /api/v1/members/{id}/assessments         401     403      403      403        201/404  403

GET    /api/v1/dues-ledger                      401     403      403      200/404    200/404  200/404
GET    /api/v1/dues-ledger/months               401     403      403      200/404    200/404  200/404
GET    /api/v1/dues-ledger/workbook             401     403      403      200/404    200/404  403
GET    /api/v1/dues-ledger/document             401     403      403      200/404    200/404  403
GET    /api/v1/dues-generations                 401     403      403      403        200      403
GET    /api/v1/dues-generations/preview         401     403      403      403        200/404  403
GET    /api/v1/dues-generations/{id}            401     403      403      403        200/404  403
POST   /api/v1/dues-generations                 401     403      403      403        201/404  403

POST   /api/v1/roster-imports                   401     403      403      403        201/404  403
GET    /api/v1/roster-imports                   401     403      403      403        200      403
GET    /api/v1/roster-imports/{id}              401     403      403      403        200/404  403
GET    /api/v1/roster-imports/{id}/rows         401     403      403      403        200/404  403
PUT    /api/v1/roster-imports/{id}/unit-matches 401     403      403      403        200/404  403
PUT    /api/v1/roster-imports/{id}/ticks        401     403      403      403        200/404  403
POST   /api/v1/roster-imports/{id}/execution    401     403      403      403        201/404  403
GET    /api/v1/roster-imports/{id}/refused-rows 401     403      403      403        200/404  403
DELETE /api/v1/roster-imports/{id}              401     403      403      403        200/404  403

DELETE /api/v1/sessions/current                 401     204      204      204        204      204
DELETE /api/v1/me/devices                       401     204      204      204        204      204
DELETE /api/v1/me/consent                       401     204      204      204        204      204
`

export interface Expectation {
  role: Role
  inside: number
  outside: number
}

/** `METHOD /path` → what each role is answered. The last rows take every session away, so the order matters. */
export const PERMISSIONS: ReadonlyMap<string, Expectation[]> = new Map(
  TABLE.split('\n')
    .slice(2)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [method = '', path = '', ...cells] = line.trim().split(/\s+/)
      if (cells.length !== ROLES.length) throw new Error(`not one cell for each role: ${line}`)
      return [`${method} ${path}`, cells.map((cell, index) => expectationOf(ROLES[index] ?? 'nobody', cell))]
    }),
)

function expectationOf(role: Role, cell: string): Expectation {
  const [inside = NaN, outside = inside] = cell.split('/').map(Number)
  return { role, inside, outside }
}
