import { maskAddress, maskIdNumber, maskPhone } from '../../../platform/crypto/masking.js'
import { educationName, nationalityName } from './code-tables.js'
import type { MemberRecord } from './member.entity.js'

/** A member's file as the roster keeps it, with personal numbers masked. */
export const presentMember = (member: MemberRecord, unitName: string) => ({
  id: member.id,
  name: member.name,
  sex: member.sex,
  unitId: member.unitId,
  unitName,
  idNumber: maskIdNumber(member.idNumber),
  phone: member.phone && maskPhone(member.phone),
  address: member.address && maskAddress(member.address),
  nationality: nationalityName(member.nationality),
  education: educationName(member.education),
  birthDate: member.birthDate,
  category: member.category,
  joinedOn: member.joinedOn,
  regularizedOn: member.regularizedOn,
  post: member.post,
  standing: member.standing,
  lostContact: member.lostContact,
  floating: member.floating,
  duesClass: member.duesClass,
})
