import { IsString, Length, Matches } from 'class-validator'

/** Somebody has read the full numbers of more than 30 members within an hour. */
export class DisclosureAlertItem {
  id: string
  readerName: string
  /** Readings between these two instants. */
  count: number
  /** ISO 8601, UTC. */
  fromAt: string
  lastAt: string
}

/** Those that nobody has looked at yet, newest first, 100 at most. */
export class DisclosureAlertList {
  items: DisclosureAlertItem[]
}

export class DisclosedMember {
  memberName: string
  unitName: string
  /** Masked; null when none is on the roster. */
  phone: string | null
  /** What the reader gave as the reason. */
  reason: string
  /** ISO 8601, UTC. */
  at: string
}

export class DisclosedMemberPage {
  items: DisclosedMember[]
  next: string | null
}

export class AcknowledgeDisclosures {
  /** What was found, in words. */
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  remark: string
}
