import type {
  DisclosedMemberPage,
  DisclosureAlertList,
} from '../../../server/contracts/organization/disclosure-alert.js'
import { call } from './client'

export const listAlerts = () => call<DisclosureAlertList>('GET', '/disclosure-alerts')
export const listDisclosed = (id: string, cursor?: string) =>
  call<DisclosedMemberPage>('GET', `/disclosure-alerts/${id}/members`, { query: { cursor } })
export const acknowledgeAlert = (id: string, remark: string) =>
  call<DisclosureAlertList>('POST', `/disclosure-alerts/${id}/acknowledgement`, { body: { remark } })
