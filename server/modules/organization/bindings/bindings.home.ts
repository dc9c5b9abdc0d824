import { Injectable } from '@nestjs/common'
import type { TimelineEntry } from '../../../contracts/home/member-page.js'
import type { Tile } from '../../../contracts/home/menu.js'
import type { Decision } from '../../../contracts/home/today.js'
import { Access } from '../../../platform/access/access.js'
import { isActor } from '../../../platform/access/concerned-persons.js'
import type { Actor } from '../../../platform/access/actor.js'
import { dayIn } from '../../../platform/config/business-time.js'
import {
  ContributesToHome,
  TASK_RANK,
  type HomePart,
  type MemberSection,
  type OwnTask,
  type ShownMember,
} from '../../home-part/index.js'
import { presentOwnBinding } from './binding.presenter.js'
import { bindingTask } from './binding-words.rules.js'
import { BindingQueries } from './bindings.queries.js'

@Injectable()
@ContributesToHome()
export class BindingsHome implements HomePart {
  readonly taskKind = 'bind'

  constructor(
    private readonly access: Access,
    private readonly queries: BindingQueries,
  ) {}

  /** The next step of a person who is not bound. An officer needs no binding, for example a committee's clerk. */
  async tasksFor(actor: Actor): Promise<OwnTask[]> {
    if (actor.membership || actor.grants.length > 0) return []
    const claim = await this.queries.latest(actor.accountId)
    return [{ rank: TASK_RANK.first, ...bindingTask(claim && presentOwnBinding(claim)) }]
  }

  async decisionsFor(actor: Actor): Promise<Decision[]> {
    if (!this.access.maySomewhere(actor, 'binding.decide')) return []
    const count = await this.queries.countPending(this.access.scope(actor, 'binding.decide'), actor.accountId)
    return count > 0 ? [{ kind: 'bindings', count, words: `${count} 人申请绑定` }] : []
  }

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'binding.decide') ? { kind: 'bindings', title: '身份绑定' } : null
  }

  async memberSectionFor(actor: Actor, { id, path }: ShownMember): Promise<MemberSection> {
    const changePhone = this.access.mayAt(actor, 'member.phone', path) && !isActor(actor, { memberId: id })
    return { bound: (await this.queries.boundAmong([id])).has(id), can: { changePhone } }
  }

  async timelineFor(_: Actor, { id }: ShownMember): Promise<TimelineEntry[]> {
    const decidedAt = await this.queries.confirmedAt(id)
    return decidedAt === null ? [] : [{ on: dayIn(decidedAt), text: '微信绑定由支部确认' }]
  }
}
