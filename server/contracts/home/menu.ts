/** One way into a feature, as 管理 offers it. */
export class Tile {
  kind:
    | 'dues-generation'
    | 'dues-ledger'
    | 'members'
    | 'roster-imports'
    | 'bindings'
    | 'roles'
    | 'posts'
    | 'dues-policy'
  title: string
}

/** How far one area has come this month. */
export class MonthLine {
  kind: 'dues'
  title: string
  /** Who or what is still missing, in one sentence. */
  sentence: string
  /** What is done of `total`: the bar beside the sentence. */
  done: number
  total: number
}

/** 本月: one line for each area that the reader is responsible for. */
export class MonthPage {
  /** `YYYY-MM` */
  month: string
  lines: MonthLine[]
}
