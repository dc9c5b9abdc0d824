/** The second door of the room: rules without Nest or database, also for threads that have neither. */
export { educationCode, educationName, nationalityCode, nationalityName } from './code-tables.js'
export {
  calendarDate,
  inspectIdNumber,
  type IdNumberFacts,
  type IdNumberFault,
  type Sex,
} from './id-number.rules.js'
