import type {
  AskForRole,
  EndRole,
  HeldRole,
  ListRoles,
  OwnRoles,
  RolePage,
} from '../../../server/contracts/organization/role.js'
import type { Approval } from '../../../server/contracts/platform/approval.js'
import { pinHeader } from './approvals'
import { call } from './client'

export const listRoles = (state: ListRoles['state'], cursor?: string) =>
  call<RolePage>('GET', '/roles', { query: { state, cursor } })
export const listMyRoles = () => call<OwnRoles>('GET', '/me/roles')
export const askForRole = (body: AskForRole, pin: string) =>
  call<Approval>('POST', '/roles', { body, header: pinHeader(pin) })
export const endRole = (id: string, body: EndRole, pin: string) =>
  call<HeldRole>('POST', `/roles/${id}/ending`, { body, header: pinHeader(pin) })
