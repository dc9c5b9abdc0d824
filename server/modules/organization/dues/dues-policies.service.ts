import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import type { ChangeDuesPolicy, DuesPolicy } from '../../../contracts/organization/dues-policy.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Database } from '../../../platform/database/database.js'
import { UnitFoundings } from '../units/index.js'
import { DuesPolicyRecord } from './dues-policy.entity.js'
import { presentDuesPolicy } from './dues-policy.presenter.js'
import { FARMER_MIN_FEN } from './dues.rules.js'

/** The policy that the highest unit is founded with. */
const FIRST_POLICY = { farmerFen: FARMER_MIN_FEN, rounding: 'fen' } as const

/** What units have decided about dues. A unit is founded with the policy of the one above it. */
@Injectable()
export class DuesPolicies implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly foundings: UnitFoundings,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.foundings.register(async ({ id }, parentId) => {
      const { farmerFen, rounding } = parentId === null ? FIRST_POLICY : await this.of(parentId)
      await this.database.repository(DuesPolicyRecord).insert({ unitId: id, farmerFen, rounding })
    })
  }

  of(unitId: string): Promise<DuesPolicyRecord> {
    return this.database.repository(DuesPolicyRecord).findOneByOrFail({ unitId })
  }

  async byUnit(unitIds: Iterable<string>): Promise<Map<string, DuesPolicyRecord>> {
    const policies = await this.database
      .repository(DuesPolicyRecord)
      .findBy({ unitId: In([...new Set(unitIds)]) })
    return new Map(policies.map((policy) => [policy.unitId, policy]))
  }

  async find(actor: Actor, unitId: string): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.read', unitId)
    return presentDuesPolicy(await this.of(unitId))
  }

  /**
   * Holds for the unit and everything below it: the farmers' amount from the next bill on, the rounding from the next
   * assessment on. Existing bills and assessments do not change.
   */
  async change(actor: Actor, unitId: string, change: ChangeDuesPolicy): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.manage', unitId)
    const { farmerFen, rounding } = change
    await this.database.transaction(async () => {
      const { from, below } = subtreeOf((await this.access.node(unitId)).path)
      await this.database.execute(
        `UPDATE dues_policy SET farmerFen = ?, rounding = ?
         WHERE unitId IN (SELECT id FROM org_node WHERE path >= ? AND path < ?)`,
        [farmerFen, rounding, from, below],
      )
      await this.audit.record('unit.dues-policy-changed', {
        actorId: actor.accountId,
        unitId,
        subjectId: unitId,
        data: { farmerFen, rounding },
      })
    })
    return presentDuesPolicy({ unitId, farmerFen, rounding })
  }
}
