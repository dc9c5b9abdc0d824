import { Injectable } from '@nestjs/common'
import { Access } from '../../../platform/access/access.js'
import { Grants } from '../../../platform/access/grants.js'
import { subtreeOf } from '../../../platform/access/scope.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Accounts } from '../../../platform/auth/accounts.js'
import { Clock } from '../../../platform/config/clock.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import { BindingQueries, PhoneChanges } from '../bindings/index.js'
import {
  AssessmentPeriods,
  Assessments,
  BillCorrections,
  firstDay,
  type AssessmentInput,
} from '../dues/index.js'
import { isComputed } from '../dues/rules.js'
import { MemberDirectory, MemberFacts, Persons, type NewMemberFacts } from '../members/index.js'
import { UnitDirectory } from '../units/index.js'
import {
  openDocument,
  refuse,
  sealDocument,
  withoutDetails,
  type ImportRowDocument,
} from './import-row.document.js'
import { importedChanges, importedMember } from './imported-member.js'
import { changedFacts } from './changed-facts.rules.js'
import { needsAssessment, type StoredMember } from './member-changes.rules.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import type { RosterPerson } from './roster-person.js'
import { CHANGED_SINCE_PREVIEW, isWider, judge, OWN_ROW, WIDER_ROLE } from './row-verdict.rules.js'

const REASON = '花名册导入'

type Roster = Pick<RosterImportRecord, 'id' | 'unitId' | 'assessmentMonth' | 'executedBy'>

/** A roster, and who says what is in it. */
type Signed = Roster & { evidence: Evidence }

/** A row that will be written. */
interface SoundRow {
  row: RosterImportRow
  document: ImportRowDocument
  person: RosterPerson
  unitId: string
}

interface ChangedRow extends SoundRow {
  stored: StoredMember
}

/** Puts rows of a roster into members and assessments, inside the caller's transaction. */
@Injectable()
export class RosterWriter {
  constructor(
    private readonly access: Access,
    private readonly grants: Grants,
    private readonly accounts: Accounts,
    private readonly units: UnitDirectory,
    private readonly members: MemberDirectory,
    private readonly persons: Persons,
    private readonly queries: RosterImportQueries,
    private readonly facts: MemberFacts,
    private readonly assessments: Assessments,
    private readonly classes: AssessmentPeriods,
    private readonly corrections: BillCorrections,
    private readonly phones: PhoneChanges,
    private readonly bindings: BindingQueries,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Writes what still holds and turns the other rows into refused ones; the caller stores the rows. */
  async write(rows: RosterImportRow[], read: Roster): Promise<void> {
    const roster = { ...read, evidence: await this.evidenceOf(read) }
    const { added, changed } = await this.judgeAll(rows, roster)
    await this.add(added, roster)
    for (const row of changed) await this.change(row, roster)
    const held = await this.enterPhones(changed, roster)
    await this.record('member.added', added, roster)
    await this.record('member.changed', changed, roster, held)
    const writtenAt = this.clock.now()
    for (const { row, document } of [...added, ...changed]) {
      Object.assign(row, { writtenAt, document: sealDocument(withoutDetails(document)) })
    }
  }

  private async evidenceOf({ executedBy }: Roster): Promise<Evidence> {
    const names = await this.persons.ofAccounts(executedBy === null ? [] : [executedBy])
    const recordedByName = names.get(executedBy ?? '') ?? null
    return { recordedBy: executedBy, recordedByName, origin: 'import', reason: REASON }
  }

  private async judgeAll(
    rows: RosterImportRow[],
    { unitId, executedBy }: Roster,
  ): Promise<{ added: SoundRow[]; changed: ChangedRow[] }> {
    const open = rows.map((row) => ({ row, document: openDocument(row.document) }))
    const idNumbers = open.flatMap(({ document }) => (document.person ? [document.person.idNumber] : []))
    await this.members.lockByIdNumber(idNumbers)
    const stored = await this.queries.storedByIdNumber(idNumbers)
    // Whoever carries it out may be another officer than the one for whom the rows were shown.
    const importer = executedBy === null ? null : await this.accounts.membershipOf(executedBy)
    const isOurs = await this.unitsBelow(unitId)
    const { path: importing } = await this.access.node(unitId)
    const roles = await this.grants.widestAmong([...stored.values()].map(({ member }) => member.id))
    const added: SoundRow[] = []
    const changed: ChangedRow[] = []
    for (const { row, document } of open) {
      const { person } = document
      const existing = person ? stored.get(person.idNumber) : undefined
      const { unitId: rowUnitId } = row
      const verdict = judge(row, document, existing, isOurs)
      if (existing && existing.member.id === importer?.memberId) refuse(row, document, OWN_ROW)
      else if (existing && isWider(roles.get(existing.member.id), importing))
        refuse(row, document, WIDER_ROLE)
      else if (verdict === 'add' && person && rowUnitId) {
        added.push({ row, document, person, unitId: rowUnitId })
      } else if (verdict === 'change' && person && rowUnitId && existing) {
        changed.push({ row, document, person, unitId: rowUnitId, stored: existing })
      } else refuse(row, document, CHANGED_SINCE_PREVIEW)
    }
    return { added, changed }
  }

  private async add(rows: SoundRow[], roster: Signed): Promise<void> {
    if (rows.length === 0) return
    const now = this.clock.now()
    const members = rows.map(({ row, person, unitId }) => {
      const member = importedMember(person, unitId, now)
      row.memberId = member.id
      return member
    })
    await this.members.add(members)
    await this.facts.recordFirst(
      rows.map((row) => this.firstFacts(row, roster)),
      roster.evidence,
    )
    const inputs = rows.map(({ row, person, unitId }) =>
      assessmentOf(row.memberId ?? '', person, unitId, roster),
    )
    const isAssessed = ({ duesClass, baseFen }: AssessmentInput) => isComputed(duesClass) && baseFen !== null
    await this.assessments.enterFirst(inputs.filter(isAssessed), roster.evidence)
    await this.classes.recordFirst(
      inputs.filter((input) => !isAssessed(input)),
      roster.evidence,
    )
  }

  /** The unit answers for somebody new from the month on in which the roster's assessments begin. */
  private firstFacts({ row, person, unitId }: SoundRow, { assessmentMonth }: Roster): NewMemberFacts {
    const { category, joinedOn, regularizedOn, standing } = person
    const month = firstDay(assessmentMonth)
    const today = this.clock.today()
    return {
      memberId: row.memberId ?? '',
      unitId,
      category,
      joinedOn,
      regularizedOn,
      standing: standing ?? 'normal',
      inUnitFrom: month < today ? month : today,
    }
  }

  /** @returns the members whose old number holds until a second person agrees */
  private async enterPhones(rows: readonly ChangedRow[], roster: Roster): Promise<Set<string>> {
    const entered = rows.flatMap(({ document, person: { phone }, unitId, stored: { member } }) =>
      phone !== null && document.changes.some(({ field }) => field === 'phone')
        ? [{ memberId: member.id, unitId, before: member.phone, phone }]
        : [],
    )
    if (entered.length === 0 || roster.executedBy === null) return new Set()
    const accountId = roster.executedBy
    const by = { accountId, membership: await this.bindings.membershipOf(accountId) }
    const where = { unitId: roster.unitId, groupId: roster.id, reason: REASON }
    return (await this.phones.enter(by, entered, where)).held
  }

  private async change(row: ChangedRow, roster: Signed): Promise<void> {
    const { document, person, unitId, stored } = row
    const { id } = stored.member
    await this.members.change(id, importedChanges(document.changes, person, unitId))
    for (const fact of changedFacts(document.changes, person, unitId, this.clock.today())) {
      await this.facts.record({ ...fact, memberId: id }, roster.evidence)
    }
    if (document.changes.some(({ field }) => field === 'joinedOn')) {
      await this.corrections.correct([id], ALWAYS, { cause: 'joined', reason: null })
    }
    if (needsAssessment(stored, person)) {
      await this.assessments.enter(assessmentOf(id, person, unitId, roster), 'keep', roster.evidence)
    } else if (stored.duesClass !== person.duesClass) {
      // The base of the new class is not known: no bill is made until somebody assesses.
      await this.classes.record(assessmentOf(id, person, unitId, roster), 'keep', roster.evidence)
    }
  }

  /** Records what happened to each member: only the names of the fields, no values. */
  private record(
    name: 'member.added' | 'member.changed',
    rows: SoundRow[],
    { id, executedBy }: Roster,
    phoneHeld: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const happenings = rows.flatMap(({ row, document: { changes }, unitId }) => {
      const memberId = row.memberId ?? ''
      const done = changes.filter(({ field }) => field !== 'phone' || !phoneHeld.has(memberId))
      if (done.length === 0 && changes.length > 0) return []
      const fields = done.length > 0 ? { fields: done.map(({ field }) => field).join(',') } : {}
      return [{ actorId: executedBy, unitId, subjectId: memberId, data: { importId: id, ...fields } }]
    })
    return this.audit.recordMany(name, happenings)
  }

  private async unitsBelow(rootId: string): Promise<(unitId: string) => boolean> {
    const units = await this.units.inScope({ ranges: [subtreeOf((await this.access.node(rootId)).path)] })
    const ids = new Set(units.map(({ id }) => id))
    return (unitId) => ids.has(unitId)
  }
}

const ALWAYS = { fromOn: '1921-07-01', untilOn: null }

const assessmentOf = (
  memberId: string,
  { duesClass, baseFen }: RosterPerson,
  unitId: string,
  { assessmentMonth }: Roster,
): AssessmentInput => ({
  memberId,
  unitId,
  fromMonth: assessmentMonth,
  duesClass,
  baseFen: isComputed(duesClass) ? baseFen : null,
})
