import { fieldCipher } from '../../../platform/database/encrypted-column.js'

/** Blind indexes, by which encrypted numbers are found. */
export const idNumberIndexOf = (idNumber: string): string =>
  fieldCipher().blindIndex('member.idNumber', idNumber)
export const phoneIndexOf = (phone: string): string => fieldCipher().blindIndex('member.phone', phone)
