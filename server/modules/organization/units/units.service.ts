import { Injectable } from '@nestjs/common'
import type {
  ChangeDuesPolicy,
  CreateUnit,
  DuesPolicy,
  Unit,
  UnitKind,
  UnitList,
} from '../../../contracts/organization/unit.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { FARMER_MIN_FEN } from '../dues/dues.rules.js'
import { UnitRecord } from './unit.entity.js'
import { UnitQueries } from './units.queries.js'
import { kindInWords, mayStandUnder } from './units.rules.js'

@Injectable()
export class Units {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly queries: UnitQueries,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(actor: Actor): Promise<UnitList> {
    return { items: await this.queries.list(this.access.scope(actor, 'unit.read')) }
  }

  /** Founds a unit below another one, whose dues policy it takes over. */
  async create(actor: Actor, { parentId, kind, name, phone }: CreateUnit): Promise<Unit> {
    await this.access.authorize(actor, 'unit.manage', parentId)
    return this.database.transaction(async () => {
      // Two who found the same unit at the same instant would both see the name free.
      await this.lock(parentId)
      const parent = await this.database.repository(UnitRecord).findOneByOrFail({ id: parentId })
      if (!mayStandUnder(parent.kind, kind)) {
        const reason = `${kindInWords[parent.kind]}下面不能设${kindInWords[kind]}`
        throw new Invalid('unit.wrong-place', `${reason}，请选择别的上级。`, [
          { field: 'kind', message: reason },
        ])
      }
      const taken = await this.database.query<{ id: string }>(
        'SELECT u.id FROM unit u JOIN org_node n ON n.id = u.id WHERE n.parentId = ? AND u.name = ?',
        [parentId, name],
      )
      if (taken.length > 0) throw new Conflict('unit.name-taken', `“${name}”已经有了，请直接选用。`)
      const unit = await this.found(parentId, kind, name, phone ?? null, parent)
      await this.audit.record('unit.founded', {
        actorId: actor.accountId,
        unitId: unit.id,
        subjectId: unit.id,
      })
      return { id: unit.id, parentId, kind, name, phone: unit.phone, memberCount: 0 }
    })
  }

  /** Makes others who want to change something below this unit wait until the caller's transaction ends. */
  async lock(unitId: string): Promise<void> {
    await this.database.execute('UPDATE unit SET name = name WHERE id = ?', [unitId])
  }

  /** Adds a unit without asking who wants it: for seeds and for commands that have authorized already. */
  async found(
    parentId: string | null,
    kind: UnitKind,
    name: string,
    phone: string | null,
    policy: Pick<UnitRecord, 'farmerFen' | 'rounding'> = { farmerFen: FARMER_MIN_FEN, rounding: 'fen' },
  ): Promise<UnitRecord> {
    const unit: UnitRecord = {
      id: await this.access.addNode(parentId),
      kind,
      name,
      phone,
      farmerFen: policy.farmerFen,
      rounding: policy.rounding,
      createdAt: this.clock.now(),
    }
    await this.database.repository(UnitRecord).insert(unit)
    return unit
  }

  async duesPolicy(actor: Actor, unitId: string): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.read', unitId)
    const unit = await this.database.repository(UnitRecord).findOneByOrFail({ id: unitId })
    return { unitId, farmerFen: unit.farmerFen, rounding: unit.rounding }
  }

  /**
   * Holds for the unit and everything below it: the farmers' amount from the next bill on, the rounding from the next
   * assessment on. What was made before keeps what it was made with.
   */
  async changeDuesPolicy(actor: Actor, unitId: string, change: ChangeDuesPolicy): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.manage', unitId)
    const { farmerFen, rounding } = change
    await this.database.transaction(async () => {
      const { from, below } = subtreeOf((await this.access.node(unitId)).path)
      await this.database.execute(
        `UPDATE unit SET farmerFen = ?, rounding = ?
         WHERE id IN (SELECT id FROM org_node WHERE path >= ? AND path < ?)`,
        [farmerFen, rounding, from, below],
      )
      await this.audit.record('unit.dues-policy-changed', {
        actorId: actor.accountId,
        unitId,
        subjectId: unitId,
        data: { farmerFen, rounding },
      })
    })
    return { unitId, farmerFen, rounding }
  }
}
