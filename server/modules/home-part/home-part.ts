import type { BranchMonth, BranchPerson } from '../../contracts/home/branch.js'
import type { Member, MemberCan, TimelineEntry } from '../../contracts/home/member-page.js'
import type { MonthLine, Tile } from '../../contracts/home/menu.js'
import type { Decision, Task } from '../../contracts/home/today.js'
import type { Actor } from '../../platform/access/actor.js'

/** In which order tasks are shown; of equal rank, in the order of the modules. */
export const TASK_RANK = {
  /** Nothing else can be done before it. */
  first: 0,
  /** The person's own, with a deadline. */
  own: 1,
  /** Others wait for the person's decision. */
  decision: 2,
  /** Work that was begun and not finished. */
  begun: 3,
} as const

/** All requests that wait for a decision share the task 'decide', so no feature has it. */
export type TaskKind = Exclude<Task['kind'], 'decide'>

export type TaskRank = (typeof TASK_RANK)[keyof typeof TASK_RANK]

/** A task of a feature; fields that its kind does not use get default values. */
export type OwnTask = Pick<Task, 'title' | 'detail' | 'action'> &
  Partial<Pick<Task, 'amountFen' | 'billIds'>> & { rank: TaskRank }

/** A member that the reader may see: the page has authorized them with `member.read`. */
export interface ShownMember {
  id: string
  unitId: string
  /** Path of the unit's node. */
  path: string
}

/** What a feature adds to the page of a member. */
export type MemberSection = Partial<Omit<Member, 'can'>> & { can?: Partial<MemberCan> }

/** What a feature adds to the page of the reader's own branch. */
export interface BranchSection {
  memberCount?: number
  people?: BranchPerson[]
  months?: BranchMonth[]
}

/**
 * What one feature adds to the pages that `home` composes. Each method is called for every reader, so it checks the
 * actor's permissions first and returns nothing when there is none.
 */
export interface HomePart {
  /** The one kind of its tasks; no other feature has it. Needed beside `tasksFor`. */
  readonly taskKind?: TaskKind | undefined
  /** Requests that wait for a decision are no task: see `decisionsFor`. */
  tasksFor?(actor: Actor): Promise<OwnTask[]>
  /** Requests that wait for the actor; all features share one task for them, 等我处理. */
  decisionsFor?(actor: Actor): Promise<Decision[]>
  /** The line of 本月; null when the actor is not responsible for this area. */
  monthLineFor?(actor: Actor, month: string): Promise<MonthLine | null>
  /** The entry to the feature in 管理; null when the actor may not use it. */
  tileFor?(actor: Actor): Tile | null
  memberSectionFor?(actor: Actor, member: ShownMember): Promise<MemberSection>
  /** What happened to the member, newest first, at most 100. */
  timelineFor?(actor: Actor, member: ShownMember): Promise<TimelineEntry[]>
  /** @param branchId the branch that `memberId`, the reader, belongs to */
  branchSectionFor?(branchId: string, memberId: string): Promise<BranchSection>
}
