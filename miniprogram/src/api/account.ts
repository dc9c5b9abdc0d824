import type { Account, ChoosePreferences } from '../../../server/contracts/home/account.js'
import type { MyBranch } from '../../../server/contracts/home/branch.js'
import type { DisclosureRecordPage } from '../../../server/contracts/organization/member.js'
import type { PrivacyStatement } from '../../../server/contracts/platform/privacy.js'
import type { Today } from '../../../server/contracts/home/today.js'
import { call, callPublic } from './client'

export const readPrivacyStatement = () => callPublic<PrivacyStatement>('/privacy-statement')
export const readAccount = () => call<Account>('GET', '/me')
export const choosePreferences = (body: ChoosePreferences) =>
  call<Account>('PUT', '/me/preferences', { body })
export const withdrawConsent = () => call<void>('DELETE', '/me/consent')
export const readToday = () => call<Today>('GET', '/me/today')
export const readMyBranch = () => call<MyBranch>('GET', '/me/branch')
export const listDisclosures = (cursor?: string) =>
  call<DisclosureRecordPage>('GET', '/me/disclosures', { query: { cursor } })
