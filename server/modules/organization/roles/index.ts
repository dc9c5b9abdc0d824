/** The door of the room: other rooms import only from here. */
export { RoleHoldings } from './role-holdings.js'
export { RolesModule } from './roles.module.js'
