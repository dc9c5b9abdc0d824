import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Binding, BindingPage, ListBindings } from '../../../contracts/organization/binding.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ConcernedPersons, isActor } from '../../../platform/access/concerned-persons.js'
import { Audit } from '../../../platform/audit/audit.js'
import { TokenCache } from '../../../platform/auth/token-cache.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { RoleHoldings } from '../roles/index.js'
import { presentBinding } from './binding.presenter.js'
import { BindingQueries, type BindingRow } from './bindings.queries.js'
import { ClaimWitnesses } from './claim-witnesses.js'
import { mayBe, transitionOf, type Decision } from './bindings.rules.js'

/** Claims by the name under which `@AboutPerson` finds whom they are about. */
export const BINDING = 'binding'

const DECIDED = '这条申请已经处理过了，请刷新列表。'

/** The branch confirms, rejects or undoes a claim. */
@Injectable()
export class BindingDecisions implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly concerned: ConcernedPersons,
    private readonly queries: BindingQueries,
    private readonly witnesses: ClaimWitnesses,
    private readonly roles: RoleHoldings,
    private readonly audit: Audit,
    private readonly tokens: TokenCache,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.concerned.register(BINDING, (id) => this.queries.concerned(id))
  }

  async list(actor: Actor, query: ListBindings): Promise<BindingPage> {
    const limit = limitOf(query)
    const scope = this.access.scope(actor, 'binding.decide')
    const before = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const rows = await this.queries.list(scope, query.state ?? 'pending', before, limit + 1)
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => this.present(actor, row),
    )
  }

  async decide(actor: Actor, id: string, decision: Decision, reason: string | null): Promise<Binding> {
    const binding = await this.load(actor, id)
    await this.access.authorizeAbout(actor, 'binding.decide', {
      id: binding.memberId,
      unitId: binding.unitId,
    })
    if (decision === 'confirm') await this.witnesses.check(actor, binding)
    const { from, to, event } = transitionOf(decision)
    const keys = to === 'confirmed' ? '' : ', accountKey = NULL, memberKey = NULL'
    const now = this.clock.now()
    await this.database.transaction(async () => {
      const decided = await this.database.compareAndSet(
        `UPDATE binding SET state = ?, decidedBy = ?, decidedAt = ?, reason = ?, confirmedAt = COALESCE(confirmedAt, ?)${keys}
         WHERE id = ? AND state = ?`,
        [to, actor.accountId, now, reason, to === 'confirmed' ? now : null, id, from],
      )
      if (!decided) {
        throw new Conflict('binding.decided-meanwhile', DECIDED)
      }
      if (to === 'undone') {
        await this.roles.endAllOf(
          { kind: 'member', id: binding.memberId },
          { endedBy: 'membership', revokedBy: actor.accountId, reason },
        )
      }
      await this.audit.record(event, {
        actorId: actor.accountId,
        unitId: binding.unitId,
        subjectId: id,
        data: { memberId: binding.memberId },
      })
    })
    this.tokens.forget(binding.accountId)
    return this.present(actor, await this.load(actor, id))
  }

  /**
   * Confirms a claim that nobody in the app may confirm, by a document that the operator was shown.
   * @throws NotFound; Conflict when somebody else may confirm it, or when it no longer waits
   */
  async confirmByOperator(id: string, document: string): Promise<void> {
    const binding = await this.queries.find(id)
    if (!binding) throw new NotFound()
    if (await this.witnesses.existFor(binding)) {
      throw new Conflict('approval.somebody-else', '还有别人可以在小程序里确认这条申请，请由他们办理。')
    }
    await this.database.transaction(async () => {
      const now = this.clock.now()
      const confirmed = await this.database.compareAndSet(
        `UPDATE binding SET state = 'confirmed', decidedBy = NULL, decidedAt = ?, reason = ?, confirmedAt = ?
         WHERE id = ? AND state = 'pending'`,
        [now, document, now, id],
      )
      if (!confirmed) throw new Conflict('binding.decided-meanwhile', DECIDED)
      const { memberId, unitId } = binding
      await this.audit.record('binding.confirmed', {
        actorId: null,
        unitId,
        subjectId: id,
        data: { memberId },
      })
    })
    this.tokens.forget(binding.accountId)
  }

  private async load(actor: Actor, id: string): Promise<BindingRow> {
    return this.access.authorizeRow(actor, 'binding.decide', await this.queries.find(id))
  }

  private present(actor: Actor, row: BindingRow): Binding {
    const may = (decision: Decision) =>
      mayBe(decision, row.state) &&
      !isActor(actor, row) &&
      this.access.mayAt(actor, 'binding.decide', row.path)
    return presentBinding(row, {
      can: { confirm: may('confirm'), reject: may('reject'), undo: may('undo') },
    })
  }
}
