import { setImmediate } from 'node:timers/promises'
import { Injectable } from '@nestjs/common'
import type { MemberStanding } from '../../../contracts/organization/member-fact.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import type { ActorMembership } from '../../../platform/access/actor.js'
import { Access } from '../../../platform/access/access.js'
import { Grants } from '../../../platform/access/grants.js'
import { Database } from '../../../platform/database/database.js'
import { UnitAlias } from './unit-alias.entity.js'
import { hasEnded } from '../members/index.js'
import { STANDING_WORDS } from '../members/rules.js'
import { holdsMembers, UnitDirectory } from '../units/index.js'
import {
  openDocument,
  refuse,
  sealDocument,
  withoutDetails,
  type ImportRowDocument,
} from './import-row.document.js'
import { changesOf, isTickedAtFirst } from './member-changes.rules.js'
import { headingOf } from './roster-fields.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import { ROWS_AT_ONCE } from './roster-import-rows.store.js'
import { isWider, OWN_ROW, WIDER_ROLE } from './row-verdict.rules.js'
import type { KnownUnit } from './unit-name.rules.js'

/** The importing unit and the units below it. */
export interface KnownUnits {
  /** Written name without spaces → branch or group. */
  byName: Map<string, KnownUnit>
  /** The branches and groups: only they hold members. */
  holding: KnownUnit[]
  /** Ids of all units, also of those that hold no members. */
  below: Set<string>
  /** Path of the importing unit. */
  rootPath: string
}

/** Null for an importer who is bound to no member. */
export type ImporterMembership = Pick<ActorMembership, 'memberId'> | null

/** Decides what each row of a roster would do: add a member, change one, nothing, or wait for its unit. */
@Injectable()
export class RowClassifier {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: UnitDirectory,
    private readonly queries: RosterImportQueries,
    private readonly grants: Grants,
  ) {}

  /** Unit names and stored aliases. A name that two units share is left out. */
  async knownUnits(rootId: string): Promise<KnownUnits> {
    const { path: rootPath } = await this.access.node(rootId)
    const all = await this.units.inScope({ ranges: [subtreeOf(rootPath)] })
    const holding = all.filter(({ kind }) => holdsMembers(kind))
    const byId = new Map(holding.map((unit) => [unit.id, unit]))
    const byName = new Map<string, KnownUnit>()
    const shared = new Set<string>()
    for (const unit of holding) {
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
    return { byName, holding, below: new Set(all.map(({ id }) => id)), rootPath }
  }

  /**
   * Sets kind, unit, member and proposed changes of rows that hold a person; refused rows stay as they are.
   * @param importer the membership of whoever uploaded the roster: a row that would change it is refused
   */
  async classify(
    rows: readonly RosterImportRow[],
    known: KnownUnits,
    importer: ImporterMembership,
  ): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
      await this.classifyChunk(rows.slice(start, start + ROWS_AT_ONCE), known, importer)
      await setImmediate()
    }
  }

  private async classifyChunk(
    rows: readonly RosterImportRow[],
    known: KnownUnits,
    importer: ImporterMembership,
  ): Promise<void> {
    const open = rows.map((row) => ({ row, document: openDocument(row.document) }))
    const stored = await this.queries.storedByIdNumber([...new Set(open.flatMap(idNumbersIn))])
    const roles = await this.grants.widestAmong([...stored.values()].map(({ member }) => member.id))
    for (const { row, document } of open) {
      const { person } = document
      const named = idNumbersIn({ document }).flatMap((idNumber) => stored.get(idNumber) ?? [])
      row.memberId = named[0]?.member.id ?? null
      if (!person) continue
      const unit = known.byName.get(asWritten(row.unitName))
      if (!unit) {
        Object.assign(row, { kind: 'unit-unknown', unitId: null })
        continue
      }
      const existing = stored.get(person.idNumber)
      if (existing && !known.below.has(existing.member.unitId)) {
        refuse(row, document, ELSEWHERE)
        continue
      }
      if (existing && hasEnded(existing.member.standing)) {
        refuse(row, document, ended(existing.member.standing))
        continue
      }
      const changes = existing ? changesOf(existing, person, unit.id, unit.name) : []
      if (changes.length > 0 && existing?.member.id === importer?.memberId) {
        refuse(row, document, OWN_ROW)
        continue
      }
      if (existing && changes.length > 0 && isWider(roles.get(existing.member.id), known.rootPath)) {
        refuse(row, document, WIDER_ROLE)
        continue
      }
      const kind = existing === undefined ? 'new' : changes.length > 0 ? 'changed' : 'same'
      // A row without changes needs no more work, so its details are not kept.
      const next: ImportRowDocument = kind === 'same' ? withoutDetails(document) : { ...document, changes }
      Object.assign(row, {
        kind,
        unitId: unit.id,
        ticked: isTickedAtFirst(changes),
        document: sealDocument(next),
      })
    }
  }
}

/** What looks like an ID number in a row: of a refused row it says whom the file names, whatever else is wrong with it. */
const idNumbersIn = ({ document: { person, original } }: { document: ImportRowDocument }): string[] =>
  person
    ? [person.idNumber]
    : original.flatMap((text) => text.normalize('NFKC').toUpperCase().match(ID_NUMBER) ?? [])

const ID_NUMBER = /(?<!\d)\d{17}[\dX](?!\d)/g

/** Names are the same when they differ in spaces and width only; an officer confirms any other match. */
export const asWritten = (name: string): string => name.normalize('NFKC').replace(/\s/g, '')

/** A member of a unit outside the import is neither shown nor changed: an import must not replace a transfer. */
const ELSEWHERE = {
  heading: headingOf('idNumber'),
  reason: '这名党员在别的党组织花名册里。如果组织关系已经转来，请先办理转接，再导入这一行',
}

/** A roster brings nobody back: what was recorded of them is corrected first, by a person. */
const ended = (standing: MemberStanding) => ({
  heading: headingOf('idNumber'),
  reason: `这名党员已登记为“${STANDING_WORDS[standing]}”。如果登记有误或者又转了回来，请先在党员的“变动登记”里办理，再导入这一行`,
})
