/** The door of the room: other rooms come in here. */
export { BindingQueries } from './bindings.queries.js'
export { BindingsModule } from './bindings.module.js'
