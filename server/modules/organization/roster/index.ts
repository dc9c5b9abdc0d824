/** The door of the room: other rooms come in here. */
export { RosterModule } from './roster.module.js'
