import type { Person } from './approval-people.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'

/** Days that a request waits. Our choice: long enough for an absence, short enough that nobody decides on old facts. */
export const APPROVAL_LAPSE_DAYS = 30

/** Titles that stand for a list of requests that are decided together. */
export const FIRST_TITLES = 3

type Parties = Pick<ApprovalRequestRecord, 'requestedBy' | 'requesterMemberId' | 'aboutMemberId'>

/** Whether this person asked for it, with this account or another one. */
export const isRequester = ({ requestedBy, requesterMemberId }: Parties, person: Person): boolean =>
  requestedBy === person.accountId || isMember(requesterMemberId, person)

export const isAbout = (
  { aboutMemberId, aboutAccountId }: Pick<ApprovalRequestRecord, 'aboutMemberId' | 'aboutAccountId'>,
  person: Person,
): boolean => aboutAccountId === person.accountId || isMember(aboutMemberId, person)

const isMember = (memberId: string | null, { membership }: Person): boolean =>
  memberId !== null && memberId === membership?.memberId

/** Kept unique while a request waits. */
export const openKeyOf = (kind: string, subjectId: string): string => `${kind}:${subjectId}`
