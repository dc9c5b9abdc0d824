import { Injectable } from '@nestjs/common'
import type { BranchContact, Task, Today } from '../../../contracts/home/today.js'
import { Access } from '../../../platform/access/access.js'
import { maySomewhere, type Actor } from '../../../platform/access/actor.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { BindingQueries } from '../bindings/bindings.queries.js'
import { BillQueries } from '../dues/bills.queries.js'
import { yuan } from '../dues/dues.rules.js'
import { RosterImportQueries } from '../roster/roster-import.queries.js'
import { UnitRecord } from '../units/unit.entity.js'
import { UnitQueries } from '../units/units.queries.js'
import { bindingTask } from './binding-words.rules.js'

/** The home page answers one question, so it names three things at the most. */
const MOST_TASKS = 3
const MOST_PAID_AT_ONCE = 24

@Injectable()
export class TodayPage {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly bills: BillQueries,
    private readonly bindings: BindingQueries,
    private readonly units: UnitQueries,
    private readonly imports: RosterImportQueries,
    private readonly clock: Clock,
  ) {}

  async today(actor: Actor): Promise<Today> {
    const latest = actor.membership ? null : await this.bindings.latest(actor.accountId)
    // Somebody who only administers, such as a committee's clerk, need not be on the roster.
    const binding = actor.membership || actor.grants.length > 0 ? null : bindingTask(latest)
    const [dues, decisions, imports, contact] = await Promise.all([
      this.duesTask(actor),
      this.decisionsTask(actor),
      this.importsTask(actor),
      this.contact(actor.membership?.unitId ?? latest?.unitId ?? null),
    ])
    const tasks = [binding, dues, decisions, imports].filter((task) => task !== null)
    return { date: this.clock.today(), tasks: tasks.slice(0, MOST_TASKS), contact }
  }

  private async duesTask({ membership }: Actor): Promise<Task | null> {
    if (!membership) return null
    // What one payment may hold; the rest waits for the next.
    const unpaid = (await this.bills.unpaidOf(membership.memberId)).slice(0, MOST_PAID_AT_ONCE)
    const [oldest] = unpaid
    if (!oldest) return null
    const amountFen = unpaid.reduce((sum, bill) => sum + bill.amountFen, 0)
    const amount = `¥${yuan(amountFen)}`
    const newest = unpaid.at(-1) ?? oldest
    return {
      kind: 'pay-dues',
      title: unpaid.length === 1 ? `${monthInWords(oldest.month)}党费` : `${unpaid.length} 个月党费`,
      detail:
        unpaid.length === 1
          ? `应缴 ${amount}`
          : `${monthInWords(oldest.month)}至${monthInWords(newest.month)}，共 ${amount}`,
      action: '去缴费',
      amountFen,
      billIds: unpaid.map(({ id }) => id),
    }
  }

  private async decisionsTask(actor: Actor): Promise<Task | null> {
    if (!maySomewhere(actor, 'binding.decide')) return null
    const count = await this.bindings.countPending(this.access.scope(actor, 'binding.decide'))
    if (count === 0) return null
    return {
      kind: 'decide-bindings',
      title: `${count} 人等您确认`,
      detail: '他们用手机号申请绑定，请核对是不是本人',
      action: '去确认',
      amountFen: null,
      billIds: [],
    }
  }

  /** An upload that was looked at and left. */
  private async importsTask(actor: Actor): Promise<Task | null> {
    if (!maySomewhere(actor, 'roster.import')) return null
    const count = await this.imports.countInPreview(this.access.scope(actor, 'roster.import'))
    if (count === 0) return null
    return {
      kind: 'correct-import',
      title: `${count} 份花名册等您核对`,
      detail: '已经上传，还没有导入',
      action: '去核对',
      amountFen: null,
      billIds: [],
    }
  }

  /** @param unitId the person's unit, or the one their latest claim is about: it is whom to ask */
  private async contact(unitId: string | null): Promise<BranchContact | null> {
    if (unitId === null) return null
    const [unit, posts] = await Promise.all([
      this.database.repository(UnitRecord).findOneByOrFail({ id: unitId }),
      this.units.posts(unitId),
    ])
    const secretary = posts.find(({ title }) => title.endsWith('书记') && !title.includes('副'))
    return { unitName: unit.name, phone: unit.phone, secretaryName: secretary?.name ?? null }
  }
}
