import { Injectable } from '@nestjs/common'
import type {
  AskForExport,
  ExportForm,
  LedgerExport,
  ReadyExport,
  ReadyExportList,
} from '../../../contracts/organization/dues-export.js'
import type { Approval } from '../../../contracts/platform/approval.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Approvals, type ApprovedRequest } from '../../../platform/approval/approvals.js'
import { ApprovalViews } from '../../../platform/approval/approval-views.js'
import { Clock } from '../../../platform/config/clock.js'
import { Conflict, Invalid } from '../../../platform/http/errors.js'
import { EXPORT_ALONE_PEOPLE, EXPORT_READY_HOURS } from './full-export.rules.js'
import type { FullExportContent } from './full-export.kind.js'
import { LedgerQueries } from './ledger.queries.js'

const READY_MS = EXPORT_READY_HOURS * 3600_000

/** A ledger with more than 50 people leaves the house only when a second person has agreed. */
@Injectable()
export class FullExports {
  constructor(
    private readonly access: Access,
    private readonly queries: LedgerQueries,
    private readonly approvals: Approvals,
    private readonly views: ApprovalViews,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound; Conflict when the file needs no second person or the same is asked for already */
  async ask(actor: Actor, { month, form, reason, ...more }: AskForExport): Promise<Approval> {
    const unitId = more.unitId ?? null
    const scope = await this.access.scopeWithin(actor, 'dues.export', unitId ?? undefined)
    if (scope.ranges.length > 1) {
      const message = '您在几个党组织有职责，请选择其中一个'
      throw new Invalid('dues.export-unit', `没有提交：${message}。`, [{ field: 'unitId', message }])
    }
    const { dueCount: people } = await this.queries.totals(scope, month)
    if (people <= EXPORT_ALONE_PEOPLE) {
      throw new Conflict(
        'dues.export-free',
        `这个范围不超过 ${EXPORT_ALONE_PEOPLE} 人，可以直接导出，不用申请。`,
      )
    }
    const where = { unitId: unitId ?? this.access.homeUnitId(actor, 'dues.export') }
    const [id = ''] = await this.approvals.ask(actor, 'dues.export', where, {
      subjectId: `${actor.accountId}/${month}/${form}`,
      aboutMemberId: null,
      content: { month, unitId, form, people, reason },
    })
    return this.views.find(actor, id)
  }

  /** What the actor may download now. */
  async ready(actor: Actor): Promise<ReadyExportList> {
    const since = new Date(this.clock.now().getTime() - READY_MS)
    const approved = await this.approvals.approvedFor('dues.export', actor.accountId, since)
    return { items: approved.map(presentReady) }
  }

  /**
   * Passes when the actor may take this file.
   * @throws Conflict `dues.export-second-person` when it names more people than one person may take alone
   */
  async check(actor: Actor, asked: LedgerExport, month: string, form: ExportForm): Promise<void> {
    const unitId = asked.unitId ?? null
    const scope = await this.access.scopeWithin(actor, 'dues.export', unitId ?? undefined)
    const { dueCount: people } = await this.queries.totals(scope, month)
    if (people <= EXPORT_ALONE_PEOPLE) return
    const ready = await this.ready(actor)
    const isReady = ready.items.some(
      (one) =>
        one.approvalId === asked.approvalId &&
        one.month === month &&
        one.form === form &&
        one.unitId === unitId,
    )
    if (isReady) return
    throw new Conflict(
      'dues.export-second-person',
      `这份台账有 ${people} 人，超过 ${EXPORT_ALONE_PEOPLE} 人要由另一位有此职责的人同意。请先写明用途提出申请，同意后 ${EXPORT_READY_HOURS} 小时内可以下载。`,
    )
  }
}

const presentReady = ({ id, decidedAt, content }: ApprovedRequest<FullExportContent>): ReadyExport => ({
  approvalId: id,
  month: content.month,
  unitId: content.unitId,
  form: content.form,
  until: new Date(decidedAt.getTime() + READY_MS).toISOString(),
})

/** The request on whose strength a file is taken, for its event. */
export const approvalOf = ({ approvalId }: LedgerExport): { approvalId?: string } =>
  approvalId === undefined ? {} : { approvalId }
