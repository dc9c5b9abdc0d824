declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the account. */
    'access.granted': { role: string }
    /** Subject: the account, from which all its roles were taken. */
    'access.revoked': { count: number }
  }
}

export {}
