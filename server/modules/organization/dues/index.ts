/** The door of the room: other rooms import only from here. */
export { Assessments, type AssessmentInput } from './assessments.service.js'
export { obstacleToMonth } from './billing-months.rules.js'
export { DuesModule } from './dues.module.js'
export { membersUnassessedIn } from './generation.queries.js'
