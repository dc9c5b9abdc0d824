import { Injectable } from '@nestjs/common'
import type { CreateUnit, Unit, UnitKind, UnitList } from '../../../contracts/organization/unit.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { UnitDirectory } from './unit-directory.js'
import { UnitFoundings } from './unit-foundings.js'
import { UnitRecord } from './unit.entity.js'
import { presentUnit } from './unit.presenter.js'
import { UnitQueries } from './units.queries.js'
import { kindInWords, mayStandUnder } from './units.rules.js'

@Injectable()
export class Units {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly queries: UnitQueries,
    private readonly directory: UnitDirectory,
    private readonly foundings: UnitFoundings,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<UnitList> {
    const rows = await this.queries.list(this.access.scope(actor, 'unit.read'))
    return { items: rows.map((row) => presentUnit(row, row)) }
  }

  /** Founds a unit below another one. */
  async create(actor: Actor, { parentId, kind, name, phone }: CreateUnit): Promise<Unit> {
    await this.access.authorize(actor, 'unit.manage', parentId)
    return this.database.transaction(async () => {
      // Without the lock, two requests for the same unit would both find the name free.
      await this.directory.lock(parentId)
      const parent = await this.directory.get(parentId)
      if (!mayStandUnder(parent.kind, kind)) {
        const reason = `${kindInWords[parent.kind]}下面不能设${kindInWords[kind]}`
        throw new Invalid('unit.wrong-place', `${reason}，请选择别的上级。`, [
          { field: 'kind', message: reason },
        ])
      }
      if (await this.queries.isNameTaken(parentId, name)) {
        throw new Conflict('unit.name-taken', `“${name}”已经有了，请直接选用。`)
      }
      const unit = await this.found(parentId, kind, name, phone ?? null)
      await this.audit.record('unit.founded', {
        actorId: actor.accountId,
        unitId: unit.id,
        subjectId: unit.id,
      })
      return presentUnit(unit, { parentId, memberCount: 0 })
    })
  }

  /** Adds a unit without a permission check: for seeds and for commands that have authorized already. */
  found(parentId: string | null, kind: UnitKind, name: string, phone: string | null): Promise<UnitRecord> {
    return this.database.transaction(async () => {
      const id = await this.access.addNode(parentId)
      const unit: UnitRecord = { id, kind, name, phone, createdAt: this.clock.now() }
      await this.database.repository(UnitRecord).insert(unit)
      await this.foundings.founded(unit, parentId)
      return unit
    })
  }
}
