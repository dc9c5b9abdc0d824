import type { MemberFactKind } from '../../../server/contracts/organization/member-fact.js'
import type { MemberPeriodRecord } from '../../../server/modules/organization/members/member-period.entity.js'

/** What holds while nothing is recorded; written down here once more, because the product is not to be asked. */
const USUAL: Partial<Record<MemberFactKind, string>> = {
  standing: 'normal',
  rights: 'full',
  'art-23': 'none',
}

const NEVER = '9999-12-31'

type Row = Pick<
  MemberPeriodRecord,
  'id' | 'kind' | 'value' | 'fromOn' | 'untilOn' | 'recordedAt' | 'withdrawnAt'
>

/** Something that was written down at an instant: a row came to hold in its days, or no longer does. */
interface Entry {
  at: number
  row: Row
  holds: boolean
}

/**
 * What the rows of a member say of a day, by going through them in the order in which they were written: each lets its value hold in its
 * days over whatever held before, and withdrawing lifts it. It knows nothing of periods that may not overlap.
 */
export function replayed(rows: readonly Row[], day: string): Partial<Record<MemberFactKind, string>> {
  const entries: Entry[] = rows
    .flatMap((row) => [
      { at: row.recordedAt.getTime(), row, holds: true },
      ...(row.withdrawnAt ? [{ at: row.withdrawnAt.getTime(), row, holds: false }] : []),
    ])
    // At one instant a correction withdraws first and then adds.
    .sort((one, other) => one.at - other.at || Number(one.holds) - Number(other.holds))
  const held = new Map<MemberFactKind, Row>()
  for (const { row, holds } of entries) {
    if (day < row.fromOn || day >= (row.untilOn ?? NEVER)) continue
    if (holds) held.set(row.kind, row)
    else if (held.get(row.kind)?.id === row.id) held.delete(row.kind)
  }
  return { ...USUAL, ...Object.fromEntries([...held].map(([kind, { value }]) => [kind, value])) }
}
