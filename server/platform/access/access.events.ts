declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the account. */
    'access.granted': { role: string }
    /** Subject: the account, all of whose roles were revoked. */
    'access.revoked': { count: number }
  }
}

export {}
