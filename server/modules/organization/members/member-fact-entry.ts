import { Injectable } from '@nestjs/common'
import { Audit } from '../../../platform/audit/audit.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict } from '../../../platform/http/errors.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import type { AskedFact } from './member-fact-request.rules.js'
import { MemberFacts } from './member-facts.js'
import { FACT_RULES } from './member-facts.rules.js'

/** Enters a fact that has been checked and authorized, with its event. */
@Injectable()
export class MemberFactEntry {
  constructor(
    private readonly database: Database,
    private readonly facts: MemberFacts,
    private readonly audit: Audit,
  ) {}

  /** @throws Conflict `member.fact-known` when the same holds already on these days */
  async write(member: { id: string; unitId: string }, asked: AskedFact, evidence: Evidence): Promise<void> {
    const { kind, value, fromOn } = asked
    await this.database.transaction(async () => {
      if (!(await this.facts.record({ memberId: member.id, ...asked }, evidence))) {
        throw new Conflict(
          'member.fact-known',
          `这几天的“${FACT_RULES[kind].name}”本来就是这样登记的，不用再登记。`,
        )
      }
      await this.audit.record('member.fact-recorded', {
        actorId: evidence.recordedBy,
        unitId: member.unitId,
        subjectId: member.id,
        data: { kind, value, fromOn },
      })
    })
  }
}
