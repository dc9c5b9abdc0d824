/** How a feature describes itself to `modules/home`: below all features, so that each can. */
export { CONTRIBUTES_TO_HOME, ContributesToHome } from './contributes-to-home.decorator.js'
export {
  TASK_RANK,
  type BranchSection,
  type HomePart,
  type MemberSection,
  type OwnTask,
  type ShownMember,
} from './home-part.js'
