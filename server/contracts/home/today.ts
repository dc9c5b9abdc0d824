/** Requests of one kind that wait for the reader's decision. */
export class Decision {
  kind: 'bindings' | 'approvals' | 'disclosures'
  count: number
  /** How many and what, such as `3 人申请绑定`. */
  words: string
}

/** One thing to do, with one button. */
export class Task {
  kind: 'pay-dues' | 'bind' | 'decide' | 'correct-import'
  title: string
  detail: string
  /** The verb on the button. */
  action: string
  /** For `pay-dues`: what is owed altogether, in fen. */
  amountFen: number | null
  /** For `pay-dues`: the months to pay, oldest first. */
  billIds: string[]
  /** For `decide`: what waits, one entry for each kind, in the order of the modules. */
  decisions: Decision[]
}

export class BranchContact {
  unitName: string
  /** Telephone of the branch, null when the branch gave none. */
  phone: string | null
  /** Name of the secretary, null when the post is vacant. */
  secretaryName: string | null
}

/** The home page: at most three tasks, by rank; of equal rank, in the order of the modules. */
export class Today {
  /** Business day, Asia/Shanghai, `YYYY-MM-DD`. */
  date: string
  tasks: Task[]
  contact: BranchContact | null
}
