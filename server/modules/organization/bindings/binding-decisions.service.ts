import { Injectable, type OnModuleInit } from '@nestjs/common'
import type { Binding, BindingPage, ListBindings } from '../../../contracts/organization/binding.js'
import type { Approval } from '../../../contracts/platform/approval.js'
import { Access, widerOf } from '../../../platform/access/access.js'
import { Grants } from '../../../platform/access/grants.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ApprovalViews } from '../../../platform/approval/approval-views.js'
import { Approvals } from '../../../platform/approval/approvals.js'
import { ConcernedPersons, isActor } from '../../../platform/access/concerned-persons.js'
import { Conflict, NotFound } from '../../../platform/http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../../../platform/http/paging.js'
import { BindingEntry, decidedMeanwhile } from './binding-entry.js'
import { presentBinding } from './binding.presenter.js'
import { BindingQueries, type BindingRow } from './bindings.queries.js'
import { ClaimWitnesses } from './claim-witnesses.js'
import { mayBe, type Decision } from './bindings.rules.js'

/** Claims by the name under which `@AboutPerson` finds whom they are about. */
export const BINDING = 'binding'

/** The branch confirms, rejects or undoes a claim. */
@Injectable()
export class BindingDecisions implements OnModuleInit {
  constructor(
    private readonly access: Access,
    private readonly grants: Grants,
    private readonly concerned: ConcernedPersons,
    private readonly queries: BindingQueries,
    private readonly witnesses: ClaimWitnesses,
    private readonly entry: BindingEntry,
    private readonly approvals: Approvals,
    private readonly views: ApprovalViews,
  ) {}

  onModuleInit(): void {
    this.concerned.register(BINDING, (id) => this.queries.concerned(id))
  }

  async list(actor: Actor, query: ListBindings): Promise<BindingPage> {
    const limit = limitOf(query)
    const scope = this.access.scope(actor, 'binding.decide')
    const before = decodeCursor(query.cursor, [cursorPart.id])?.[0]
    const rows = await this.queries.list(scope, query.state ?? 'pending', before, limit + 1)
    return pageOf(rows, limit, ({ id }) => [id], await this.presenter(actor, rows))
  }

  async decide(actor: Actor, id: string, decision: Decision, reason: string | null): Promise<Binding> {
    const binding = await this.load(actor, id)
    await this.access.authorizeAbout(actor, 'binding.decide', {
      id: binding.memberId,
      unitId: binding.unitId,
    })
    if (!mayBe(decision, binding.state)) throw decidedMeanwhile()
    if (decision === 'confirm') await this.witnesses.check(actor, binding)
    await this.entry.decide(binding, decision, { decidedBy: actor.accountId, reason })
    return this.show(actor, await this.load(actor, id))
  }

  /** Asks the wider unit in which the member holds a role to undo the binding. @returns the request */
  async askToUndo(actor: Actor, id: string, reason: string): Promise<Approval> {
    const { memberId, unitId, state } = await this.load(actor, id)
    if (!mayBe('undo', state)) throw decidedMeanwhile()
    const decides = await this.access.decidingUnit(memberId, unitId)
    const subject = { subjectId: id, aboutMemberId: memberId, content: { reason } }
    const [asked = ''] = await this.approvals.ask(actor, 'binding.undo', { unitId: decides }, subject)
    return this.views.find(actor, asked)
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
    await this.entry.decide(binding, 'confirm', { decidedBy: null, reason: document })
  }

  private async load(actor: Actor, id: string): Promise<BindingRow> {
    return this.access.authorizeRow(actor, 'binding.decide', await this.queries.find(id))
  }

  private async show(actor: Actor, row: BindingRow): Promise<Binding> {
    const present = await this.presenter(actor, [row])
    return present(row)
  }

  private async presenter(actor: Actor, rows: readonly BindingRow[]): Promise<(row: BindingRow) => Binding> {
    const widest = await this.grants.widestAmong(rows.map(({ memberId }) => memberId))
    return (row) => {
      const decides = this.access.mayAt(actor, 'binding.decide', widerOf(row.path, widest.get(row.memberId)))
      const may = (decision: Decision) =>
        mayBe(decision, row.state) &&
        !isActor(actor, row) &&
        this.access.mayAt(actor, 'binding.decide', row.path)
      return presentBinding(row, {
        can: {
          confirm: may('confirm') && decides,
          reject: may('reject') && decides,
          undo: may('undo') && decides,
          askToUndo: may('undo') && !decides,
        },
      })
    }
  }
}
