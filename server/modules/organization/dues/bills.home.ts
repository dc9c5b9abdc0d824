import { Injectable } from '@nestjs/common'
import type { TimelineEntry } from '../../../contracts/home/member-page.js'
import { Access } from '../../../platform/access/access.js'
import { isActor } from '../../../platform/access/concerned-persons.js'
import type { Actor } from '../../../platform/access/actor.js'
import { monthInWords } from '../../../platform/config/business-time.js'
import { Clock } from '../../../platform/config/clock.js'
import {
  ContributesToHome,
  TASK_RANK,
  type BranchSection,
  type HomePart,
  type MemberSection,
  type OwnTask,
  type ShownMember,
} from '../../home-part/index.js'
import { Assessments } from './assessments.service.js'
import { BillPayees } from './bill-payees.js'
import { BillQueries, type UnpaidBill } from './bills.queries.js'
import { CurrentDues } from './current-dues.queries.js'
import { CLASS_RULES, yuan } from './dues.rules.js'

/** The most bills that one payment may hold; the others wait for the next payment. */
const MOST_PAID_AT_ONCE = 24
const MONTHS = 12
const MOST_UNITS = 5

@Injectable()
@ContributesToHome()
export class BillsHome implements HomePart {
  readonly taskKind = 'pay-dues'

  constructor(
    private readonly access: Access,
    private readonly bills: BillQueries,
    private readonly payees: BillPayees,
    private readonly dues: CurrentDues,
    private readonly assessments: Assessments,
    private readonly clock: Clock,
  ) {}

  async tasksFor({ membership }: Actor): Promise<OwnTask[]> {
    if (!membership) return []
    const groups = await this.payees.grouped(await this.bills.unpaidOf(membership.memberId))
    return groups.flatMap(({ payee, bills }) => taskOf(bills.slice(0, MOST_PAID_AT_ONCE), payee) ?? [])
  }

  async memberSectionFor(actor: Actor, { id, unitId, path }: ShownMember): Promise<MemberSection> {
    const isOwn = isActor(actor, { memberId: id })
    const readDues = this.access.mayAt(actor, 'dues.read', path)
    const elsewhere = readDues ? await this.bills.unpaidElsewhere(id, unitId, MOST_UNITS) : []
    return {
      monthlyFen: readDues ? await this.dues.monthlyFen(id, this.clock.month()) : null,
      unpaidElsewhere: elsewhere.map(({ path: own, unpaidFen, ...unpaid }) => ({
        ...unpaid,
        unpaidFen: this.access.mayAt(actor, 'dues.read', own) ? unpaidFen : null,
      })),
      can: { readDues, assess: this.access.mayAt(actor, 'dues.assess', path) && !isOwn },
    }
  }

  async timelineFor(actor: Actor, { id, path }: ShownMember): Promise<TimelineEntry[]> {
    if (!this.access.mayAt(actor, 'dues.read', path)) return []
    const { items } = await this.assessments.history(actor, id)
    return items
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ fromMonth, duesClass, amountFen }) => ({
        on: fromMonth,
        text: `党费核定：${CLASS_RULES[duesClass].inWords}${amountFen === null ? '' : `，每月 ${yuan(amountFen)} 元`}`,
      }))
  }

  async branchSectionFor(branchId: string, memberId: string): Promise<BranchSection> {
    return { months: await this.bills.monthsOfBranch(branchId, memberId, MONTHS) }
  }
}

/** One payment: bills of one collecting account, oldest first. @param payee to whom, where the member pays to several */
function taskOf(unpaid: readonly UnpaidBill[], payee: string | null): OwnTask | null {
  const [oldest] = unpaid
  if (!oldest) return null
  const newest = unpaid.at(-1) ?? oldest
  const amountFen = unpaid.reduce((sum, bill) => sum + bill.amountFen, 0)
  const amount = `¥${yuan(amountFen)}`
  const months =
    unpaid.length === 1
      ? `应缴 ${amount}`
      : `${monthInWords(oldest.month)}至${monthInWords(newest.month)}，共 ${amount}`
  return {
    rank: TASK_RANK.own,
    title: unpaid.length === 1 ? `${monthInWords(oldest.month)}党费` : `${unpaid.length} 个月党费`,
    detail: payee === null ? months : `${months}，缴到${payee}`,
    action: '去缴费',
    amountFen,
    billIds: unpaid.map(({ id }) => id),
  }
}
