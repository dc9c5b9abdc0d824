/** The interface between features and `modules/home`. It is below all features, so that each can import it. */
export { CONTRIBUTES_TO_HOME, ContributesToHome } from './contributes-to-home.decorator.js'
export {
  TASK_RANK,
  type BranchSection,
  type HomePart,
  type MemberSection,
  type OwnTask,
  type ShownMember,
  type TaskKind,
} from './home-part.js'
