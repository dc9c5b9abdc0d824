/** The door of the room: other rooms import only from here. */
export { Offices, type NewOffice } from './offices.js'
export { UnitDirectory } from './unit-directory.js'
export { UnitFoundings } from './unit-foundings.js'
export { UnitPosts, type PostHolder } from './unit-posts.js'
export type { UnitRecord } from './unit.entity.js'
export { UnitsModule } from './units.module.js'
export { holdsMembers } from './units.rules.js'
export { Units } from './units.service.js'
