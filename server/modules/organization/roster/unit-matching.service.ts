import { Injectable } from '@nestjs/common'
import type { MatchUnits, RosterImport, UnitMatch } from '../../../contracts/organization/roster-import.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Accounts } from '../../../platform/auth/accounts.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Invalid } from '../../../platform/http/errors.js'
import { UnitAlias } from './unit-alias.entity.js'
import { UnitDirectory, Units } from '../units/index.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterImportViews } from './roster-import-views.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { RosterImportRecord } from './roster-import.entity.js'
import { RosterImportRowStore } from './roster-import-rows.store.js'
import { asWritten, RowClassifier, type ImporterMembership, type KnownUnits } from './row-classifier.js'
import { proposalsFor } from './unit-proposals.js'

const NAMES_AT_ONCE = 500

/** Stores which of our units a name in the file means, for this import and the next ones. */
@Injectable()
export class UnitMatching {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: Units,
    private readonly directory: UnitDirectory,
    private readonly imports: PreviewedImports,
    private readonly queries: RosterImportQueries,
    private readonly rows: RosterImportRowStore,
    private readonly classifier: RowClassifier,
    private readonly accounts: Accounts,
    private readonly views: RosterImportViews,
    private readonly audit: Audit,
  ) {}

  async matchUnits(actor: Actor, id: string, { matches }: MatchUnits): Promise<RosterImport> {
    const matched = await this.imports.change(actor, id, async (record) => {
      // Another import of the same unit may learn the same name at this moment.
      await this.directory.lock(record.unitId)
      const known = await this.classifier.knownUnits(record.unitId)
      const founded = new Set<string>()
      for (const [index, match] of matches.entries()) {
        await this.learn(actor, record, match, `matches.${index}`, known, founded)
      }
      // An empty list of matches only classifies the rows again.
      if (matches.length > 0) {
        await this.audit.record('roster.units-matched', {
          actorId: actor.accountId,
          unitId: record.unitId,
          subjectId: id,
          data: { names: matches.length },
        })
      }
      const unknownUnits = await this.lookAgain(record, founded.size > 0)
      return { ...record, unknownUnits }
    })
    return this.views.of(matched)
  }

  private async learn(
    actor: Actor,
    { unitId: rootId }: RosterImportRecord,
    { name, unitId, createUnder }: UnitMatch,
    field: string,
    known: KnownUnits,
    founded: Set<string>,
  ): Promise<void> {
    if (unitId !== undefined && createUnder === undefined) {
      await this.checkPlace(actor, unitId, `${field}.unitId`, known)
      if (!known.holding.some(({ id }) => id === unitId)) {
        throw new Invalid('roster.unit-holds-no-members', `“${name}”：党员只能编入党支部或党小组，请另选。`, [
          { field: `${field}.unitId`, message: '请选择党支部或党小组' },
        ])
      }
      const aliases = this.database.repository(UnitAlias)
      await aliases.delete({ rootId, name })
      await aliases.insert({ id: newId(), rootId, name, unitId })
    } else if (createUnder !== undefined && unitId === undefined) {
      await this.checkPlace(actor, createUnder, `${field}.createUnder`, known)
      const written = asWritten(name)
      // The file may write one name with and without a space: the second time the unit exists already.
      if (known.byName.has(written) || founded.has(written)) return
      await this.units.create(actor, { parentId: createUnder, kind: 'branch', name: written })
      founded.add(written)
    } else {
      throw new Invalid('roster.match-one', `“${name}”：请选择一个已有的支部，或者新建。`, [
        { field, message: '二选一' },
      ])
    }
  }

  /** Refuses a unit outside this import: its alias would never be used. */
  private async checkPlace(actor: Actor, unitId: string, field: string, known: KnownUnits): Promise<void> {
    if (known.below.has(unitId)) return
    // Throws NotFound when the actor may not see the unit.
    await this.access.authorize(actor, 'roster.import', unitId)
    throw new Invalid('roster.unit-outside-import', '选择的组织不在这次导入的单位之内，请另选。', [
      { field, message: '不在这次导入的单位之内' },
    ])
  }

  /** Classifies again the rows whose unit is known now, in any spelling. @returns the names that are still unknown */
  private async lookAgain(
    record: RosterImportRecord,
    founded: boolean,
  ): Promise<RosterImport['unknownUnits']> {
    const known = await this.classifier.knownUnits(record.unitId)
    const waiting = await this.queries.waitingNames(record.id)
    const isKnown = (name: string) => known.byName.has(asWritten(name))
    const importer = await this.accounts.membershipOf(record.uploadedBy)
    const names = waiting.map(({ name }) => name).filter(isKnown)
    for (let start = 0; start < names.length; start += NAMES_AT_ONCE) {
      await this.reclassify(record.id, names.slice(start, start + NAMES_AT_ONCE), known, importer)
    }
    const unknownUnits = await proposalsFor(
      waiting.filter(({ name }) => !isKnown(name)),
      known.holding,
      // A unit that was just founded may be the better proposal.
      founded ? [] : record.unknownUnits,
    )
    await this.database.repository(RosterImportRecord).update(record.id, { unknownUnits })
    return unknownUnits
  }

  private async reclassify(
    importId: string,
    names: string[],
    known: KnownUnits,
    importer: ImporterMembership,
  ): Promise<void> {
    let after = 0
    for (;;) {
      const rows = await this.rows.waitingFor(importId, names, after)
      const last = rows.at(-1)
      if (!last) return
      await this.classifier.classify(rows, known, importer)
      await this.rows.replace(rows)
      after = last.rowNumber
    }
  }
}
