/** The door of the room: other rooms import only from here. */
export type { AssessmentInput } from './assessment-periods.js'
export { AssessmentPeriods } from './assessment-periods.js'
export { Assessments } from './assessments.service.js'
export { BillCorrections } from './bill-corrections.js'
export { firstDay } from './decisive-days.rules.js'
export { obstacleToMonth } from './billing-months.rules.js'
export { DuesModule } from './dues.module.js'
export { membersUnassessedIn } from './generation.queries.js'
