/** The only door: other modules, and everything above them, come in here. */
export { Assessments } from './dues/assessments.service.js'
export { OrganizationModule } from './organization.module.js'
export { Units } from './units/units.service.js'
