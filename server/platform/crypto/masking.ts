/** `9901**********1234`: enough to recognize one's own, not enough to use. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`

/** `199****5433` */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** The first six characters of an address say which place, not which door. */
export const maskAddress = (address: string): string => `${[...address].slice(0, 6).join('')}****`
