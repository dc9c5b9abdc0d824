declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the request, like those that follow. */
    'approval.asked': { kind: string; groupId: string }
    /** `byOperator`: decided by a command, because nobody else could. */
    'approval.approved': { kind: string; byOperator: boolean }
    /** `byPerson`: the person concerned objected. */
    'approval.refused': { kind: string; byPerson: boolean }
    'approval.withdrawn': { kind: string }
    'approval.lapsed': { kind: string }
  }
}

export {}
