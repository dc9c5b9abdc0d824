/** The second door of the room: rules that need neither Nest nor the database, so threads can import them. */
export { CLASS_RULES, isComputed, yuan } from './dues.rules.js'
