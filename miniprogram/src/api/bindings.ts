import type { OwnBinding } from '../../../server/contracts/organization/binding.js'
import type {
  Binding,
  BindingPage,
  ClaimAnswer,
  ClaimBinding,
  DecideBinding,
  ListBindings,
  NameBinding,
} from '../../../server/contracts/organization/binding.js'
import type { Approval } from '../../../server/contracts/platform/approval.js'
import { call } from './client'

export const claimBinding = (body: ClaimBinding) => call<ClaimAnswer>('POST', '/bindings', { body })
export const nameBinding = (id: string, body: NameBinding) =>
  call<OwnBinding>('POST', `/bindings/${id}/name`, { body })
export const withdrawBinding = (id: string) => call<void>('DELETE', `/bindings/${id}`)
export const listBindings = (state: ListBindings['state'], cursor?: string) =>
  call<BindingPage>('GET', '/bindings', { query: { state, cursor } })
export const confirmBinding = (id: string) => call<Binding>('POST', `/bindings/${id}/confirmation`)
export const rejectBinding = (id: string, body: DecideBinding) =>
  call<Binding>('POST', `/bindings/${id}/rejection`, { body })
export const askToUndoBinding = (id: string, body: DecideBinding) =>
  call<Approval>('POST', `/bindings/${id}/undoing-requests`, { body })
export const undoBinding = (id: string, body: DecideBinding) =>
  call<Binding>('POST', `/bindings/${id}/undoing`, { body })
