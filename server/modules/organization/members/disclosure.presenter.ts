import type { DisclosureRecord } from '../../../contracts/organization/member.js'
import type { Disclosure } from './disclosure.entity.js'

/** Who read the full numbers, as the member sees it. */
export const presentDisclosure = ({ id, at, readerName, reason }: Disclosure): DisclosureRecord => ({
  id,
  at: at.toISOString(),
  readerName,
  reason,
})
