/** The door of the room: other rooms import only from here. */
export { BindingQueries } from './bindings.queries.js'
export { BindingsModule } from './bindings.module.js'
