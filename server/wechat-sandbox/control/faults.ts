import type { AnswerSpoil, NotificationSpoil } from '../pay/message-spoil.js'
import type { PushSpoil } from '../weixin/message-envelope.js'

/** A path that ends in `*` matches every path with that beginning. Without a path, the fault applies to any request. */
interface PathFilter {
  path?: string
}

export const EARLY_DURING = ['order', 'query'] as const
export const ALTERED_MESSAGES = ['notification', 'query'] as const

/** Wrong values for the transaction in a correctly signed message. */
export interface TransactionAlteration {
  amountFen?: number
  payerOpenid?: string
  mchid?: string
  appid?: string
  tradeNo?: string
  transactionId?: string
}

type AlteredMessage = (typeof ALTERED_MESSAGES)[number]

/** A failure that the sandbox produces on purpose. */
export type Fault =
  | { kind: 'down' }
  | ({ kind: 'delay'; ms: number } & PathFilter)
  | ({ kind: 'api-error'; errcode: number; errmsg: string } & PathFilter)
  | ({
      kind: 'pay-error'
      status: number
      code: string
      message: string
      retryAfterSeconds?: number
    } & PathFilter)
  | ({ kind: 'gateway-error'; status: number; retryAfterSeconds?: number } & PathFilter)
  | { kind: 'order-answer-lost' }
  | ({ kind: 'answer-lost' } & PathFilter)
  | { kind: 'answer-spoiled'; spoil: AnswerSpoil }
  | { kind: 'notification-withheld' }
  | { kind: 'notification-duplicated' }
  | { kind: 'notifications-swapped' }
  | { kind: 'push-withheld' }
  | { kind: 'push-spoiled'; spoil: PushSpoil }
  | { kind: 'notification-early'; during: (typeof EARLY_DURING)[number] }
  | { kind: 'notification-spoiled'; spoil: NotificationSpoil }
  | ({ kind: 'transaction-altered'; message?: AlteredMessage } & TransactionAlteration)

export type FaultKind = Fault['kind']
type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>
type PlacedKind = Extract<Fault, { path?: string }>['kind']

/** The planned faults. They are in memory only, so a restart removes them. */
export class Faults {
  private planned: { fault: Fault; remaining: number }[] = []
  private readonly held = new Set<() => void>()

  /** @param times how often the fault applies; Infinity: until cleared. */
  add(fault: Fault, times: number): void {
    this.planned.push({ fault, remaining: times })
  }

  /** Ends every fault and every running delay. */
  clear(): void {
    this.planned = []
    for (const release of this.held) release()
  }

  /** @returns the oldest fault of this kind that `applies`. It counts as applied once. */
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

  /** The same for faults with a path. */
  takeAt<K extends PlacedKind>(kind: K, path: string): FaultOf<K> | undefined {
    return this.take(kind, (fault) => matchesPath((fault as PathFilter).path, path))
  }

  /** Waits when a delay is planned for the path. */
  async holdBack(path: string): Promise<void> {
    const delay = this.takeAt('delay', path)
    if (!delay) return
    await new Promise<void>((resolve) => {
      const release = (): void => {
        clearTimeout(timer)
        this.held.delete(release)
        resolve()
      }
      const timer = setTimeout(release, delay.ms)
      this.held.add(release)
    })
  }
}

function matchesPath(wanted: string | undefined, path: string): boolean {
  if (wanted === undefined) return true
  return wanted.endsWith('*') ? path.startsWith(wanted.slice(0, -1)) : path === wanted
}
