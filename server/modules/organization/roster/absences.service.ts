import { Injectable } from '@nestjs/common'
import type { AbsentMemberPage, RosterImport } from '../../../contracts/organization/roster-import.js'
import type { PageQuery } from '../../../contracts/platform/paging.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { newId } from '../../../platform/database/ids.js'
import { NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { Persons } from '../members/index.js'
import { AbsenceAnswer } from './absence-answer.entity.js'
import { AbsenceQueries } from './absences.queries.js'
import { PreviewedImports } from './previewed-imports.js'
import { RosterImportViews } from './roster-import-views.js'

/**
 * A roster that no longer names somebody asks about it. Nothing is chosen or written by itself: a person records what
 * became of them, or answers that they belong to the unit.
 */
@Injectable()
export class Absences {
  constructor(
    private readonly database: Database,
    private readonly imports: PreviewedImports,
    private readonly queries: AbsenceQueries,
    private readonly views: RosterImportViews,
    private readonly persons: Persons,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Nobody before the import is done: its rows may still change. */
  async list(actor: Actor, importId: string, query: PageQuery): Promise<AbsentMemberPage> {
    const { state } = await this.imports.load(actor, importId)
    const limit = limitOf(query)
    const after = decodeCursor(query.cursor, [cursorPart.text, cursorPart.id])
    const rows = state === 'done' ? await this.queries.page(importId, after, limit + 1) : []
    return pageOf(
      rows,
      limit,
      ({ name, memberId }) => [name, memberId],
      (row) => row,
    )
  }

  /** 仍在本支部. @throws NotFound when the import does not ask about the member, or no longer */
  async answer(actor: Actor, importId: string, memberId: string): Promise<RosterImport> {
    const answeredByName = await this.persons.nameOf(actor)
    const record = await this.imports.change(
      actor,
      importId,
      async (held) => {
        if (!(await this.queries.isAsked(importId, memberId))) throw new NotFound()
        await this.database.repository(AbsenceAnswer).insert({
          id: newId(),
          importId,
          memberId,
          answeredBy: actor.accountId,
          answeredByName,
          answeredAt: this.clock.now(),
        })
        await this.audit.record('roster.absence-answered', {
          actorId: actor.accountId,
          unitId: held.unitId,
          subjectId: importId,
          data: { memberId },
        })
        return held
      },
      ['done'],
    )
    return this.views.of(record)
  }
}
