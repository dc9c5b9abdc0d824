import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { Assessments } from '../dues/assessments.service.js'
import { isComputed } from '../dues/dues.rules.js'
import { idNumberIndexOf, phoneIndexOf } from '../members/member-index.js'
import { MemberRecord } from '../members/member.entity.js'
import { UnitRecord } from '../units/unit.entity.js'
import { openDocument } from './import-row.document.js'
import { needsAssessment } from './member-changes.rules.js'
import type { RosterImportRecord } from './roster-import.entity.js'
import type { RosterImportRow } from './roster-import-row.entity.js'
import { RosterImportQueries } from './roster-import.queries.js'
import type { RosterPerson } from './roster-row.rules.js'

const REASON = '花名册导入的计算基数'

interface Row {
  person: RosterPerson
  unitId: string
}

/** Puts rows of a roster into members and assessments, inside the caller's transaction. */
@Injectable()
export class RosterWriter {
  constructor(
    private readonly database: Database,
    private readonly queries: RosterImportQueries,
    private readonly assessments: Assessments,
    private readonly clock: Clock,
  ) {}

  async write(
    rows: RosterImportRow[],
    { assessmentMonth, uploadedBy }: Pick<RosterImportRecord, 'assessmentMonth' | 'uploadedBy'>,
  ): Promise<void> {
    const people = rows.flatMap(({ document, unitId }) => {
      const { person } = openDocument(document)
      return person && unitId ? [{ person, unitId }] : []
    })
    // Looked up again: somebody else may have entered the same person since the preview.
    const stored = await this.queries.storedByIdNumber(people.map(({ person }) => person.idNumber))
    const units = await this.database
      .repository(UnitRecord)
      .findBy({ id: In([...new Set(people.map(({ unitId }) => unitId))]) })
    const unitOf = new Map(units.map((unit) => [unit.id, unit]))
    const added = people
      .filter(({ person }) => !stored.has(person.idNumber))
      .map((row) => ({ row, member: this.newMember(row) }))
    if (added.length > 0) {
      await this.database.repository(MemberRecord).insert(added.map(({ member }) => member))
    }
    const firsts = added.flatMap(({ row: { person, unitId }, member }) => {
      const unit = unitOf.get(unitId)
      if (!unit || !isComputed(person.duesClass) || person.baseFen === null) return []
      const { duesClass, baseFen } = person
      return [
        {
          input: {
            memberId: member.id,
            fromMonth: assessmentMonth,
            duesClass,
            baseFen,
            reason: REASON,
            assessedBy: uploadedBy,
          },
          unit,
        },
      ]
    })
    await this.assessments.enterFirst(firsts)
    for (const { person, unitId } of people) {
      const existing = stored.get(person.idNumber)
      const unit = unitOf.get(unitId)
      if (!existing || !unit) continue
      await this.database
        .repository(MemberRecord)
        .update(existing.member.id, this.changedFields({ person, unitId }))
      if (needsAssessment(existing, person)) {
        await this.assessments.enter(
          {
            memberId: existing.member.id,
            fromMonth: assessmentMonth,
            duesClass: person.duesClass,
            baseFen: isComputed(person.duesClass) ? person.baseFen : null,
            reason: REASON,
            assessedBy: uploadedBy,
          },
          unit,
        )
      } else if (existing.duesClass !== person.duesClass) {
        await this.assessments.lapse(existing.member.id, assessmentMonth, uploadedBy, unit)
      }
    }
  }

  private newMember(row: Row): MemberRecord {
    const { person } = row
    const now = this.clock.now()
    return {
      id: newId(),
      sex: person.sex,
      idNumber: person.idNumber,
      idNumberIndex: idNumberIndexOf(person.idNumber),
      birthDate: person.birthDate,
      createdAt: now,
      ...this.fields(row),
      phone: person.phone,
      phoneIndex: person.phone === null ? null : phoneIndexOf(person.phone),
      address: person.address,
      post: person.post,
      regularizedOn: person.regularizedOn,
      standing: person.standing ?? 'normal',
      lostContact: person.lostContact ?? false,
      floating: person.floating ?? false,
      updatedAt: now,
    }
  }

  /** An empty cell is no news, so it takes nothing away. */
  private changedFields(row: Row): Partial<MemberRecord> {
    const { phone, address, post, regularizedOn, standing, lostContact, floating } = row.person
    return {
      ...this.fields(row),
      ...(phone === null ? {} : { phone, phoneIndex: phoneIndexOf(phone) }),
      ...(address === null ? {} : { address }),
      ...(post === null ? {} : { post }),
      ...(regularizedOn === null ? {} : { regularizedOn }),
      ...(standing === null ? {} : { standing }),
      ...(lostContact === null ? {} : { lostContact }),
      ...(floating === null ? {} : { floating }),
      updatedAt: this.clock.now(),
    }
  }

  private fields({ person, unitId }: Row) {
    const { name, nationality, education, category, joinedOn, duesClass } = person
    return { unitId, name, nationality, education, category, joinedOn, duesClass }
  }
}
