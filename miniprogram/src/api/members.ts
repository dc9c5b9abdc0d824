import type { Approval } from '../../../server/contracts/platform/approval.js'
import type {
  AssessDues,
  Assessment,
  AssessmentHistory,
} from '../../../server/contracts/organization/dues.js'
import type { ChangePhone, PhoneChange } from '../../../server/contracts/organization/phone-change.js'
import type { DiscloseMember, MemberDisclosure } from '../../../server/contracts/organization/member.js'
import type { MemberFactList, RecordMemberFact } from '../../../server/contracts/organization/member-fact.js'
import type { Member, MemberPage } from '../../../server/contracts/home/member-page.js'
import type { AskForArt23, OwnArt23 } from '../../../server/contracts/organization/exemption.js'
import { call } from './client'

export interface MemberFilter {
  q?: string
  assessment?: 'missing' | 'near-zero'
  /** Only members of this unit and those below it. */
  unitId?: string
}

export const listMembers = (filter: MemberFilter, cursor?: string) =>
  call<MemberPage>('GET', '/members', { query: { ...filter, cursor } })
export const readMember = (id: string) => call<Member>('GET', `/members/${id}`)
export const discloseMember = (id: string, body: DiscloseMember) =>
  call<MemberDisclosure>('POST', `/members/${id}/disclosures`, { body })
export const changePhone = (id: string, body: ChangePhone) =>
  call<PhoneChange>('POST', `/members/${id}/phone-changes`, { body })
export const listAssessments = (id: string) => call<AssessmentHistory>('GET', `/members/${id}/assessments`)
export const assessDues = (id: string, body: AssessDues) =>
  call<Assessment>('POST', `/members/${id}/assessments`, { body })
export const listFacts = (id: string) => call<MemberFactList>('GET', `/members/${id}/facts`)
export const recordFact = (id: string, body: RecordMemberFact) =>
  call<MemberFactList>('POST', `/members/${id}/facts`, { body })
export const askForFact = (id: string, body: RecordMemberFact) =>
  call<Approval>('POST', `/members/${id}/fact-requests`, { body })
export const withdrawFact = (id: string, factId: string, reason: string) =>
  call<MemberFactList>('POST', `/members/${id}/facts/${factId}/withdrawal`, { body: { reason } })
export const readArt23 = () => call<OwnArt23>('GET', '/me/art-23')
export const askForArt23 = (body: AskForArt23) => call<OwnArt23>('POST', '/me/art-23/requests', { body })
