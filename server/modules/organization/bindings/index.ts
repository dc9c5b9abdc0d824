/** The door of the room: other rooms import only from here. */
export { presentOwnBinding } from './binding.presenter.js'
export { BindingQueries } from './bindings.queries.js'
export { BindingsModule } from './bindings.module.js'
