/**
 * All events: the name, in past tense, and its data. A folder that records events declares them
 * (`declare module '…/audit/event-map.js' { interface EventMap { … } }`) in its own `x.events.ts`, a single one at the end
 * of the service that records it. docs/interfaces.md lists them. Data are ids, amounts and codes, never a name, a number
 * or a text that a person typed.
 */
export interface EventMap {}

export type EventName = keyof EventMap

/** Data of an event that needs none. */
export type NoData = Record<string, never>

/** An event to record. */
export type Happening<Name extends EventName> = {
  /** Id of the account that acted; null for the scheduler and for WeChat. */
  actorId: string | null
  unitId: string | null
  subjectId: string
} & (NoData extends EventMap[Name] ? { data?: EventMap[Name] } : { data: EventMap[Name] })

/** An event as a listener gets it. */
export interface CommittedEvent<Name extends EventName> {
  id: string
  name: Name
  actorId: string | null
  unitId: string | null
  subjectId: string
  data: EventMap[Name]
  at: Date
}
