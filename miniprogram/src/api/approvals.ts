import type {
  Approval,
  ApprovalPage,
  ApprovalRequestPage,
} from '../../../server/contracts/platform/approval.js'
import type { ChoosePin, PinState } from '../../../server/contracts/platform/pin.js'
import { call } from './client'

/** The header in which the PIN travels; it is kept nowhere on the phone. */
export const pinHeader = (pin: string): Record<string, string> => (pin ? { 'x-zhibu-pin': pin } : {})

export const listApprovals = (cursor?: string) =>
  call<ApprovalPage>('GET', '/approvals', { query: { cursor } })
export const listMyApprovals = (cursor?: string) =>
  call<ApprovalPage>('GET', '/me/approvals', { query: { cursor } })
export const listRequests = (id: string, cursor?: string) =>
  call<ApprovalRequestPage>('GET', `/approvals/${id}/requests`, { query: { cursor } })
export const approve = (id: string, pin: string) =>
  call<Approval>('POST', `/approvals/${id}/approval`, { header: pinHeader(pin) })
export const refuse = (id: string, opinion: string) =>
  call<Approval>('POST', `/approvals/${id}/refusal`, { body: { opinion } })
export const objectTo = (id: string, opinion: string) =>
  call<Approval>('POST', `/approvals/${id}/objection`, { body: { opinion } })
export const withdrawApproval = (id: string) => call<Approval>('POST', `/approvals/${id}/withdrawal`)

export const readPin = () => call<PinState>('GET', '/me/pin')
export const choosePin = (body: ChoosePin) => call<PinState>('PUT', '/me/pin', { body })
