/**
 * Every event and what it says: the name, past tense, and its data. A folder that records events declares them
 * (`declare module '…/audit/event-map.js' { interface EventMap { … } }`) in its `x.events.ts`, a single one at the end of
 * the service that records it. docs/interfaces.md lists them all. Data are ids, amounts and codes, never a name, a number or a text that a person typed.
 */
export interface EventMap {}

export type EventName = keyof EventMap

/** Of an event that says nothing beyond who, where and what. */
export type NoData = Record<string, never>

/** What is recorded. */
export type Happening<Name extends EventName> = {
  /** Account id of who acted; null for the clock and for WeChat. */
  actorId: string | null
  unitId: string | null
  subjectId: string
} & (NoData extends EventMap[Name] ? { data?: EventMap[Name] } : { data: EventMap[Name] })

/** What a listener is given. */
export interface CommittedEvent<Name extends EventName> {
  id: string
  name: Name
  actorId: string | null
  unitId: string | null
  subjectId: string
  data: EventMap[Name]
  at: Date
}
