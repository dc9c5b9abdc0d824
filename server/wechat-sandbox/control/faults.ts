import type { AnswerSpoil, NotificationSpoil } from '../pay/message-spoil.js'

/** Something to go wrong on purpose. Where `path` is absent, the next request of that half is hit. */
export type Fault =
  | { kind: 'down' }
  | { kind: 'api-error'; errcode: number; errmsg: string; path?: string }
  | { kind: 'pay-error'; status: number; code: string; message: string; path?: string }
  | { kind: 'order-answer-lost' }
  | { kind: 'answer-spoiled'; spoil: AnswerSpoil }
  | { kind: 'notification-withheld' }
  | { kind: 'notification-duplicated' }
  | { kind: 'notification-spoiled'; spoil: NotificationSpoil }

export type FaultKind = Fault['kind']
type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>

/** The faults in force, in memory only: a restart heals everything. */
export class Faults {
  private planned: { fault: Fault; remaining: number }[] = []

  /** @param times how often it strikes; Infinity until cleared. */
  add(fault: Fault, times: number): void {
    this.planned.push({ fault, remaining: times })
  }

  clear(): void {
    this.planned = []
  }

  /** @returns the oldest fault of this kind that `applies`, and counts it as having struck. */
  take<K extends FaultKind>(
    kind: K,
    applies: (fault: FaultOf<K>) => boolean = () => true,
  ): FaultOf<K> | undefined {
    const entry = this.planned.find(({ fault }) => fault.kind === kind && applies(fault as FaultOf<K>))
    if (!entry) return undefined
    entry.remaining -= 1
    if (entry.remaining <= 0) this.planned = this.planned.filter((other) => other !== entry)
    return entry.fault as FaultOf<K>
  }
}
