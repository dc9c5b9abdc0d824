/** Events of the tests themselves. */
declare module '../../../server/platform/audit/event-map.js' {
  interface EventMap {
    'test.happened': { amountFen: number }
    'test.unheard': { amountFen: number }
  }
}

export {}
