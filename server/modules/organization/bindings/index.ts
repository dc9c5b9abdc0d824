/** The door of the room: other rooms import only from here. */
export { presentOwnBinding } from './binding.presenter.js'
export { BindingQueries } from './bindings.queries.js'
export { PhoneChanges, type EnteredPhone } from './phone-changes.service.js'
export { BindingsModule } from './bindings.module.js'
