import { IsString, Length, Matches } from 'class-validator'
import { Approval } from '../platform/approval.js'
import type { Art23 } from './member-fact.js'

/** What a member asks for: that nothing is demanded of them in organizational life and study. */
export class AskForArt23 {
  /** Age, illness, disability or the like, in the member's words. */
  @IsString()
  @Length(2, 200)
  @Matches(/\S\s*\S/)
  reason: string
}

/** Whether Art. 23 applies to me, and what became of my latest request. */
export class OwnArt23 {
  value: Art23
  /** The value as people read it. */
  text: string
  /** My latest request; null while I have made none. */
  request: Approval | null
}
