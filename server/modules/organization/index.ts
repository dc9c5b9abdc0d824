/** The only door: other modules, and everything above them, import only from here. */
export { BindingQueries, BindingsModule, presentOwnBinding } from './bindings/index.js'
export { Assessments, membersUnassessedIn, membersWithNearZeroBase } from './dues/index.js'
export { MemberDirectory, Members, type MemberCondition } from './members/index.js'
export { OrganizationModule } from './organization.module.js'
export { UnitDirectory, UnitPosts, Units } from './units/index.js'
