/** The second door of the room: rules that need neither Nest nor the database, so threads can import them. */
export { educationCode, educationName, nationalityCode, nationalityName } from './code-tables.js'
export {
  calendarDate,
  inspectIdNumber,
  isDay,
  type IdNumberFacts,
  type IdNumberFault,
} from './id-number.rules.js'
export { CATEGORY_WORDS, NO, SEX_WORDS, STANDING_WORDS, YES, yesOrNo } from './member-words.js'
