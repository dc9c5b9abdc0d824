/** The second door of the room: rules that need neither Nest nor the database, so threads can import them. */
export { CLASS_RULES, isComputed, isNearZero, NEAR_ZERO_BASE_FEN, yuan } from './dues.rules.js'
