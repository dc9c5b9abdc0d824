import { maskAddress, maskIdNumber, maskPhone } from '../../../platform/crypto/masking.js'
import { educationName, nationalityName } from './code-tables.js'
import type { MemberRecord } from './member.entity.js'
import type { MemberLine } from './members.queries.js'

/** A member in a list with the telephone masked, without what bindings add. */
export type ListedMember = MemberLine

export const presentListedMember = (line: MemberLine): ListedMember => ({
  ...line,
  phone: line.phone && maskPhone(line.phone),
})

/**
 * A member's file with personal numbers masked and codes in words. The other columns are presented as they are
 * stored; the serializer drops columns that the contract does not name.
 */
export const presentMember = (member: MemberRecord, unitName: string) => ({
  ...member,
  unitName,
  idNumber: maskIdNumber(member.idNumber),
  phone: member.phone && maskPhone(member.phone),
  address: member.address && maskAddress(member.address),
  nationality: nationalityName(member.nationality),
  education: educationName(member.education),
})
