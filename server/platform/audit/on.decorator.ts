import { SetMetadata } from '@nestjs/common'
import type { CommittedEvent, EventName } from './event-map.js'

export const LISTENS_TO = 'zhibu:listens-to'

/** A method with `@On`. It gets several events at once, in the order of their commits. */
type Listen<Name extends EventName> = (events: Array<CommittedEvent<Name>>) => Promise<void>

/**
 * The method is called with committed events of that name, up to 100 at once, in the order of their commits, each at
 * least once. A new method gets all events from the first one on. It may get an event again and must then change
 * nothing twice. One call should take less than a minute. When a call fails, its events are given one by one, and
 * those that fail again are given later, out of order. The position is stored under the class and method name, so a
 * renamed method counts as new.
 */
export const On =
  <Name extends EventName>(eventName: Name) =>
  <Method extends Listen<Name>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    SetMetadata(LISTENS_TO, eventName)(target, key, descriptor)
  }
