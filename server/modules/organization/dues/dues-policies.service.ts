import { Injectable, type OnModuleInit } from '@nestjs/common'
import { In } from 'typeorm'
import type { ChangeDuesPolicy, DuesPolicy } from '../../../contracts/organization/dues-policy.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { Jobs } from '../../../platform/jobs/jobs.js'
import { PeriodWriter, type PeriodTable } from '../../../platform/periods/period-writer.js'
import { holdsOn, naturalEnd } from '../../../platform/periods/periods.rules.js'
import { Persons } from '../members/index.js'
import { UnitDirectory, UnitFoundings } from '../units/index.js'
import { firstDay } from './decisive-days.rules.js'
import { DuesPolicyRecord } from './dues-policy.entity.js'
import { presentDuesPolicy } from './dues-policy.presenter.js'
import { FARMER_MIN_FEN } from './dues.rules.js'
import { CORRECT_BILLS } from './bill-correction.jobs.js'

/** What a unit that nobody decided about begins with. */
const FIRST_POLICY = { farmerFen: FARMER_MIN_FEN, rounding: 'fen' } as const
/** Before every month that is billed: a unit has a policy for whatever is entered late. */
const ALWAYS = '2000-01-01'
const UNITS_AT_ONCE = 200

const TABLE: PeriodTable<DuesPolicyRecord> = {
  entity: DuesPolicyRecord,
  subjectOf: ({ unitId }) => ({ unitId }),
  keyOf: ({ unitId }) => unitId,
  saysTheSame: (one, other) => one.farmerFen === other.farmerFen && one.rounding === other.rounding,
}

/** What units have decided about dues, in days. A unit is founded with the policies of the one above it. */
@Injectable()
export class DuesPolicies implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: UnitDirectory,
    private readonly foundings: UnitFoundings,
    private readonly periods: PeriodWriter,
    private readonly persons: Persons,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.foundings.register(async ({ id }, parentId) => {
      const draft = this.periods.draft(
        { fromOn: ALWAYS, untilOn: null },
        { recordedBy: null, origin: 'recorded' },
      )
      const above = parentId === null ? [{ ...draft, ...FIRST_POLICY }] : await this.standing([parentId])
      const rows = above.map(({ farmerFen, rounding, fromOn, untilOn }) => ({
        ...this.periods.draft({ fromOn, untilOn }, { recordedBy: null, origin: 'recorded' }),
        unitId: id,
        farmerFen,
        rounding,
      }))
      await this.periods.insert(TABLE, rows)
    })
  }

  /** What holds for a unit on a day. */
  async asOf(unitId: string, day: string): Promise<DuesPolicyRecord> {
    return policyOn(await this.standing([unitId]), unitId, day)
  }

  /** The policies of several units, each to be asked for its own day. */
  async of(unitIds: Iterable<string>): Promise<(unitId: string, day: string) => DuesPolicyRecord> {
    const standing = await this.standing([...new Set(unitIds)])
    return (unitId, day) => policyOn(standing, unitId, day)
  }

  async find(actor: Actor, unitId: string): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.read', unitId)
    const [{ path }, { name: unitName }, standing] = await Promise.all([
      this.access.node(unitId),
      this.units.get(unitId),
      this.standing([unitId]),
    ])
    return presentDuesPolicy({ unitId, unitName }, standing, this.clock.today(), {
      change: this.access.mayAt(actor, 'unit.manage', path),
    })
  }

  /**
   * Holds for the unit and everything below it from a month on, until the next decision or in its place: the farmers' amount for its bills, the rounding for what
   * is assessed from then on. Unpaid bills of these months follow, by a job.
   */
  async change(actor: Actor, unitId: string, change: ChangeDuesPolicy): Promise<DuesPolicy> {
    await this.access.authorize(actor, 'unit.manage', unitId)
    const { farmerFen, rounding } = change
    // An optional field may also come as null.
    const fromMonth = change.fromMonth ?? this.clock.month()
    if (fromMonth < this.clock.month()) {
      const message = `最早从${monthInWords(this.clock.month())}起`
      throw new Invalid('dues.policy-too-early', `缴纳规则${message}改，以前的月份按当时的规则。`, [
        { field: 'fromMonth', message },
      ])
    }
    const evidence = await this.persons.evidenceOf(actor, {})
    await this.database.transaction(async () => {
      await this.units.lock(unitId)
      const unitIds = await this.below(unitId)
      const fromOn = firstDay(fromMonth)
      const next = await this.earliestAfter(unitId, fromOn)
      if (next !== null && !change.later) throw laterExists(next)
      for (let start = 0; start < unitIds.length; start += UNITS_AT_ONCE) {
        const some = unitIds.slice(start, start + UNITS_AT_ONCE)
        const standing = change.later === 'keep' ? await this.standing(some) : []
        const rows = some.map((id) => ({
          ...this.periods.draft({ fromOn, untilOn: endOf(standing, id, fromOn) }, evidence),
          unitId: id,
          farmerFen,
          rounding,
        }))
        await this.periods.recordMany(TABLE, rows)
      }
      await this.jobs.enqueue(CORRECT_BILLS, `${unitId}${fromMonth.replace('-', '')}`, unitId)
      await this.audit.record('unit.dues-policy-changed', {
        actorId: actor.accountId,
        unitId,
        subjectId: unitId,
        data: { farmerFen, rounding, fromMonth },
      })
    })
    return this.find(actor, unitId)
  }

  /** First day of the earliest decision after a day, in the unit or below it; null without any. */
  private async earliestAfter(unitId: string, day: string): Promise<string | null> {
    const { from, below } = subtreeOf((await this.access.node(unitId)).path)
    const { fromOn } = await this.database.queryOne<{ fromOn: string | null }>(
      `SELECT MIN(p.fromOn) AS fromOn FROM dues_policy_period p JOIN org_node n ON n.id = p.unitId
       WHERE n.path >= ? AND n.path < ? AND p.withdrawnAt IS NULL AND p.fromOn > ?`,
      [from, below, day],
    )
    return fromOn
  }

  private async below(unitId: string): Promise<string[]> {
    const { from, below } = subtreeOf((await this.access.node(unitId)).path)
    const rows = await this.database.query<{ id: string }>(
      'SELECT id FROM org_node WHERE path >= ? AND path < ? ORDER BY id',
      [from, below],
    )
    return rows.map(({ id }) => id)
  }

  private standing(unitIds: readonly string[]): Promise<DuesPolicyRecord[]> {
    if (unitIds.length === 0) return Promise.resolve([])
    return this.database
      .repository(DuesPolicyRecord)
      .createQueryBuilder('p')
      .where({ unitId: In([...unitIds]) })
      .andWhere('p.withdrawnAt IS NULL')
      .orderBy('p.fromOn')
      .getMany()
  }
}

/** @throws when the unit has none: each is founded with one that holds always */
function policyOn(standing: readonly DuesPolicyRecord[], unitId: string, day: string): DuesPolicyRecord {
  const policy = standing.find((row) => row.unitId === unitId && holdsOn(row, day))
  if (!policy) throw new Error(`the unit ${unitId} has no dues policy on ${day}`)
  return policy
}

/** Where a unit's new decision ends: where its next one begins among those that are to stay. */
const endOf = (standing: readonly DuesPolicyRecord[], unitId: string, fromOn: string): string | null =>
  naturalEnd(
    standing.filter((row) => row.unitId === unitId),
    fromOn,
  )

function laterExists(fromOn: string): Conflict {
  const month = monthInWords(fromOn.slice(0, 7))
  return new Conflict(
    'dues.later-policy',
    `${month}起已经另有规定（本单位或下级）。请选择：这次只管到另有规定之前，还是连以后的一起改。`,
  )
}
