/** The second door of the room: rules without Nest or database, also for threads that have neither. */
export { CLASS_RULES, isComputed, yuan } from './dues.rules.js'
