import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import type {
  GenerateDues,
  Generation,
  GenerationList,
  GenerationPreview,
} from '../../../contracts/organization/generation.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { withinScope } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { Jobs } from '../../../platform/jobs/jobs.js'
import { FactDatings } from '../members/index.js'
import { UnitDirectory } from '../units/index.js'
import { obstacleToMonth } from './billing-months.rules.js'
import { GENERATE_DUES } from './dues.jobs.js'
import { GenerationQueries } from './generation.queries.js'
import { GenerationRecord } from './generation.entity.js'
import { presentGeneration } from './generation.presenter.js'

const MOST = 24

/** Makes a month's bills: first a preview, then a job that may be repeated. */
@Injectable()
export class Generations {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: UnitDirectory,
    private readonly queries: GenerationQueries,
    private readonly datings: FactDatings,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async preview(actor: Actor, { month, unitId }: GenerateDues): Promise<GenerationPreview> {
    this.checkMonth(month)
    const unit = await this.units.get(unitId ?? this.access.homeUnitId(actor, 'dues.generate'))
    const scope = await this.access.scopeWithin(actor, 'dues.generate', unit.id)
    return { month, unitId: unit.id, unitName: unit.name, ...(await this.queries.count(scope, month)) }
  }

  async start(actor: Actor, { month, unitId }: GenerateDues): Promise<Generation> {
    this.checkMonth(month)
    await this.datings.check()
    const unit = await this.units.get(unitId ?? this.access.homeUnitId(actor, 'dues.generate'))
    await this.access.authorize(actor, 'dues.generate', unit.id)
    const generation: GenerationRecord = {
      id: newId(),
      unitId: unit.id,
      month,
      state: 'waiting',
      createdCount: 0,
      createdFen: 0,
      missingAssessmentCount: 0,
      requestedBy: actor.accountId,
      requestedAt: this.clock.now(),
      finishedAt: null,
      problem: null,
    }
    await this.database.transaction(async () => {
      // When two officers start at once, the lock makes the second one see the generation of the first.
      await this.units.lock(unit.id)
      const running = await this.database.repository(GenerationRecord).countBy([
        { unitId: unit.id, month, state: 'waiting' },
        { unitId: unit.id, month, state: 'running' },
      ])
      if (running > 0) {
        throw new Conflict(
          'dues.generation-running',
          `${monthInWords(month)}的账单正在生成，请稍等片刻再看。`,
        )
      }
      await this.database.repository(GenerationRecord).insert(generation)
      await this.jobs.enqueue(GENERATE_DUES, generation.id, unit.id)
      await this.audit.record('dues.generation-requested', {
        actorId: actor.accountId,
        unitId: unit.id,
        subjectId: generation.id,
        data: { month },
      })
    })
    return presentGeneration(generation, unit.name)
  }

  async find(actor: Actor, id: string): Promise<Generation> {
    const generation = await this.access.load(actor, 'dues.generate', GenerationRecord, id)
    return presentGeneration(generation, (await this.units.get(generation.unitId)).name)
  }

  async list(actor: Actor): Promise<GenerationList> {
    const within = withinScope(this.access.scope(actor, 'dues.generate'), 'n')
    const ids = await this.database.query<{ id: string; unitName: string }>(
      `SELECT g.id, u.name AS unitName FROM dues_generation g
       JOIN org_node n ON n.id = g.unitId JOIN unit u ON u.id = g.unitId
       WHERE ${within.sql} ORDER BY g.requestedAt DESC, g.id DESC LIMIT ${MOST}`,
      within.parameters,
    )
    const names = new Map(ids.map(({ id, unitName }) => [id, unitName]))
    const rows = await this.database
      .repository(GenerationRecord)
      .find({ where: { id: In(ids.map(({ id }) => id)) }, order: { requestedAt: 'DESC', id: 'DESC' } })
    return {
      items: rows.map((row) => presentGeneration(row, names.get(row.id) ?? '')),
    }
  }

  private checkMonth(month: string): void {
    const obstacle = obstacleToMonth(month, this.clock.month())
    if (obstacle === null) return
    throw new Invalid('dues.month-out-of-range', `${obstacle}。更早的欠费请按补缴办理。`, [
      { field: 'month', message: obstacle },
    ])
  }
}
