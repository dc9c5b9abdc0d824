import { Injectable } from '@nestjs/common'
import type { UnitRecord } from './unit.entity.js'

/** Called inside the transaction that founds a unit; throws to undo it. `parentId` is null for the highest unit. */
export type OnFounded = (unit: UnitRecord, parentId: string | null) => Promise<void>

/** Rooms above that store a row for every unit register here and are called for each new unit. */
@Injectable()
export class UnitFoundings {
  private readonly handlers: OnFounded[] = []

  register(handler: OnFounded): void {
    this.handlers.push(handler)
  }

  async founded(unit: UnitRecord, parentId: string | null): Promise<void> {
    for (const handle of this.handlers) await handle(unit, parentId)
  }
}
