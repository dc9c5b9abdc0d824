/** The door of the room: other rooms import only from here. */
export { MemberDirectory } from './member-directory.js'
export { FactDatings } from './fact-datings.js'
export {
  MemberFactChanges,
  type FactChange,
  type FactInForce,
  type FactListener,
} from './member-fact-changes.js'
export { hasEnded, isMember } from './member-facts.rules.js'
export { MemberFacts, type NewMemberFacts } from './member-facts.js'
export { MemberPhones } from './member-phones.js'
export { idNumberIndexOf, phoneIndexOf } from './member-index.js'
export type { MemberRecord } from './member.entity.js'
export type { ListedMember } from './member.presenter.js'
export { MembersModule } from './members.module.js'
export type { MemberCondition } from './members.queries.js'
export { Persons } from './persons.js'
export { Members } from './members.service.js'
