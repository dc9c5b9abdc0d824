import { Injectable } from '@nestjs/common'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Access } from '../../../platform/access/access.js'
import { Database } from '../../../platform/database/database.js'
import { UnitAlias } from '../units/unit-alias.entity.js'
import { UnitQueries } from '../units/units.queries.js'
import { openDocument, sealDocument, type ImportRowDocument } from './import-row.document.js'
import { changesOf, isTickedAtFirst } from './member-changes.rules.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'

/** The names by which one importing unit knows the units below it. */
export interface KnownUnits {
  /** Written name without spaces → unit. */
  byName: Map<string, { id: string; name: string }>
  all: Array<{ id: string; name: string }>
}

/** Decides what each row of a roster would do: add a member, change one, nothing, or wait for its unit. */
@Injectable()
export class RowClassifier {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: UnitQueries,
    private readonly queries: RosterImportQueries,
  ) {}

  /** Names and learned aliases of the units below (and with) `rootId`. A name that two units share is none. */
  async knownUnits(rootId: string): Promise<KnownUnits> {
    const all = await this.units.names({ ranges: [subtreeOf((await this.access.node(rootId)).path)] })
    const byId = new Map(all.map((unit) => [unit.id, unit]))
    const byName = new Map<string, { id: string; name: string }>()
    const shared = new Set<string>()
    for (const unit of all) {
      const name = asWritten(unit.name)
      if (byName.has(name)) shared.add(name)
      byName.set(name, unit)
    }
    shared.forEach((name) => byName.delete(name))
    const aliases = await this.database.repository(UnitAlias).findBy({ rootId })
    for (const alias of aliases) {
      const unit = byId.get(alias.unitId)
      if (unit) byName.set(asWritten(alias.name), unit)
    }
    return { byName, all }
  }

  /** Sets kind, unit, member and proposed changes of rows that hold a person; refused rows stay as they are. */
  async classify(rows: RosterImportRow[], known: KnownUnits): Promise<void> {
    const open = rows.map((row) => ({ row, document: openDocument(row.document) }))
    const idNumbers = open.flatMap(({ document }) => (document.person ? [document.person.idNumber] : []))
    const stored = await this.queries.storedByIdNumber(idNumbers)
    const inScope = new Set(known.all.map(({ id }) => id))
    for (const { row, document } of open) {
      const { person } = document
      if (!person) continue
      const unit = known.byName.get(asWritten(row.unitName))
      if (!unit) {
        Object.assign(row, { kind: 'unit-unknown', unitId: null })
        continue
      }
      const existing = stored.get(person.idNumber)
      if (existing && !inScope.has(existing.member.unitId)) {
        Object.assign(row, { kind: 'refused', unitId: null, document: sealDocument(elsewhere(document)) })
        continue
      }
      const changes = existing ? changesOf(existing, person, unit.id, unit.name) : []
      const kind = existing === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same'
      const next: ImportRowDocument = { ...document, changes }
      Object.assign(row, {
        kind,
        unitId: unit.id,
        memberId: existing?.member.id ?? null,
        ticked: isTickedAtFirst(changes),
        document: sealDocument(next),
      })
    }
  }
}

/** Names are the same when they differ in spaces and width only; anything else an officer confirms. */
export const asWritten = (name: string): string => name.normalize('NFKC').replace(/\s/g, '')

/** Nothing about such a member may be shown or changed from here: a file is no way around the transfer. */
const elsewhere = (document: ImportRowDocument): ImportRowDocument => ({
  ...document,
  person: null,
  problems: [
    {
      heading: '公民身份号码',
      reason: '这名党员在别的党组织名册里。如果组织关系已经转来，请先办理转接，再导入这一行',
    },
  ],
})
