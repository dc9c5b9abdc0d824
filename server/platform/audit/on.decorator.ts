import { SetMetadata } from '@nestjs/common'
import type { CommittedEvent, EventName } from './event-map.js'

export const LISTENS_TO = 'zhibu:listens-to'

/** What `@On` stands on: it is given some events at once, in the order in which they were committed. */
type Listen<Name extends EventName> = (events: Array<CommittedEvent<Name>>) => Promise<void>

/**
 * The method is called with committed events of that name, some at once, in the order of their commits, each at least
 * once. A method that is new reads all there ever were, from the first. It may be given the same events again, and must
 * then change nothing twice; those of one call should take less than a minute. When it fails, they are given one by
 * one, and those that fail alone are given again later: then they come out of order. Its class and its name say how
 * far it has read, so that a renamed one is new.
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
