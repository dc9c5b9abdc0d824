/** The door of the room: other rooms import only from here. */
export { RosterModule } from './roster.module.js'
