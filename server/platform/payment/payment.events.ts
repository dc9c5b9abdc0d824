declare module '../audit/event-map.js' {
  interface EventMap {
    /** Subject: the merchant number. */
    'payment.account-opened': { mode: 'direct' }
    /** Subject: the order, like the two that follow. */
    'payment.opened': { tradeNo: string; amountFen: number }
    'payment.paid': { tradeNo: string; amountFen: number; evidence: 'notification' | 'query' }
    'payment.closed': { tradeNo: string }
  }
}

export {}
