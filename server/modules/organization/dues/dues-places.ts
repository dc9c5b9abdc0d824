import { Injectable } from '@nestjs/common'
import { PeriodWriter, type PeriodTable } from '../../../platform/periods/period-writer.js'
import type { FactChange } from '../members/index.js'
import { firstDay, firstMonthAt } from './decisive-days.rules.js'
import { DuesPlaceRecord } from './dues-place.entity.js'

const TABLE: PeriodTable<DuesPlaceRecord> = {
  entity: DuesPlaceRecord,
  subjectOf: ({ memberId }) => ({ memberId }),
  keyOf: ({ memberId }) => memberId,
  saysTheSame: (one, other) => one.unitId === other.unitId,
}

/** Where members pay the dues of a month. It follows their units. */
@Injectable()
export class DuesPlaces {
  constructor(private readonly periods: PeriodWriter) {}

  /** Follows units that were recorded, in the transaction that records them. */
  async follow(changes: readonly FactChange[]): Promise<void> {
    const members = changes.map(({ memberId }) => memberId)
    const known = new Set((await this.standing(members)).map(({ memberId }) => memberId))
    const rows = changes.flatMap((change) => this.placeOf(change, !known.has(change.memberId)))
    await this.periods.recordMany(TABLE, rows)
  }

  private standing(memberIds: readonly string[]): Promise<DuesPlaceRecord[]> {
    const draft = this.periods.draft({ fromOn: '', untilOn: null }, { recordedBy: null, origin: 'recorded' })
    return this.periods.standing(
      TABLE,
      memberIds.map((memberId) => ({ ...draft, memberId, unitId: '' })),
    )
  }

  /** None when the member came and left before a month began that belongs to the unit. */
  private placeOf(change: FactChange, isFirst: boolean): DuesPlaceRecord[] {
    const { memberId, value: unitId, untilOn, recordedBy, recordedByName, origin, reason } = change
    const fromOn = firstDay(firstMonthAt(change, isFirst))
    const end =
      untilOn === null ? null : firstDay(firstMonthAt({ fromOn: untilOn, duesPaidThrough: null }, false))
    if (end !== null && end <= fromOn) return []
    return [
      {
        ...this.periods.draft({ fromOn, untilOn: end }, { recordedBy, recordedByName, origin, reason }),
        memberId,
        unitId,
      },
    ]
  }
}
