/** `9****************4`. Region, birth date and sex are easy to guess, so only the first and last character are shown. */
export const maskIdNumber = (idNumber: string): string =>
  `${idNumber.slice(0, 1)}${'*'.repeat(16)}${idNumber.slice(-1)}`

/** `199****5433` */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** Shows the first six characters. They name the place but not the house. */
export const maskAddress = (address: string): string => `${[...address].slice(0, 6).join('')}****`
