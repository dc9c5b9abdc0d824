import type { BillState } from '../organization/dues.js'
import type { MemberCategory } from '../organization/member-fact.js'

export class BranchPerson {
  memberId: string
  name: string
  category: MemberCategory
  /** Post in the branch committee, such as 书记; null for members without one. */
  post: string | null
}

/** One month of the branch, totals only: nobody sees what another owes. */
export class BranchMonth {
  /** `YYYY-MM` */
  month: string
  dueCount: number
  paidCount: number
  /** The reader's own bill of that month; null when there is none. */
  own: BillState | null
}

/** My branch: who is who, and its calendar of dues. */
export class MyBranch {
  unitId: string
  name: string
  parentName: string | null
  phone: string | null
  memberCount: number
  /** Committee first, then the others by name; at most 200. */
  people: BranchPerson[]
  /** Newest month first, at most 12. */
  months: BranchMonth[]
}
