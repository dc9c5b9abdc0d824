import type { AskForRole, HeldRole, RolePage } from '../../../server/contracts/organization/role.js'
import type { Approval } from '../../../server/contracts/platform/approval.js'
import { PIN_HEADER } from '../../../server/platform/pin/pin.guard.js'
import type request from 'supertest'
import { OPENIDS, PHONES, type Village } from '../../support/village.js'
import type { Caller } from '../../support/world.js'

export const PIN = '428193'
const RENA_OPENID = 'o-rena-second-admin-0000'

/** Two people who manage roles of the county: 马丽 and 热娜. */
export interface Desk {
  ma: Caller
  rena: Caller
}

export async function openDesk({ world, committee }: Village): Promise<Desk> {
  const { county } = world
  await county.grant(await county.account(OPENIDS.ma), 'administrator', committee, {
    name: '马丽',
    phone: PHONES.ma,
  })
  await world.person(RENA_OPENID, '19990030009')
  await county.grant(await county.account(RENA_OPENID), 'administrator', committee, {
    name: '热娜',
    phone: '19990030009',
  })
  const desk = { ma: await world.signIn(OPENIDS.ma), rena: await world.signIn(RENA_OPENID) }
  for (const caller of [desk.ma, desk.rena]) await caller.put('/me/pin', { pin: PIN }).expect(200)
  return desk
}

export const withPin = (test: request.Test, pin: string = PIN): request.Test => test.set(PIN_HEADER, pin)

export const asked = async (caller: Caller, body: Partial<AskForRole>): Promise<Approval> => {
  const paper = { document: '云组发〔2026〕12号', reason: '换届后分工调整' }
  const answer = await withPin(caller.post('/roles', { ...paper, ...body }))
  expect([answer.status, answer.body]).toEqual([201, expect.anything()])
  return answer.body as Approval
}

export const approve = (caller: Caller, { id }: Approval): request.Test =>
  withPin(caller.post(`/approvals/${id}/approval`))

export const rolesSeenBy = async (caller: Caller, query = ''): Promise<HeldRole[]> =>
  ((await caller.get(`/roles${query}`).expect(200)).body as RolePage).items

export const endRole = (caller: Caller, id: string, reason = '工作调整'): request.Test =>
  withPin(caller.post(`/roles/${id}/ending`, { reason }))
