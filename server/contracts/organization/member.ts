import { IsString, Length, Matches } from 'class-validator'

export class DiscloseMember {
  /** Why the full numbers are needed; kept, and shown to the member. */
  @IsString()
  @Length(2, 100)
  @Matches(/\S\s*\S/)
  reason: string
}

export class MemberDisclosure {
  idNumber: string
  phone: string | null
  address: string | null
}

/** One reading of my full numbers. */
export class DisclosureRecord {
  id: string
  /** ISO 8601, UTC. */
  at: string
  readerName: string
  reason: string
}

export class DisclosureRecordPage {
  items: DisclosureRecord[]
  next: string | null
}
