/** `9****************4`: division, birth date and sex are known of most people, so all but the ends is hidden. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 1)}${'*'.repeat(16)}${idNumber.slice(-1)}`

/** `199****5433` */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** The first six characters of an address say which place, not which door. */
export const maskAddress = (address: string): string => `${[...address].slice(0, 6).join('')}****`
