import { Injectable, type OnModuleInit } from '@nestjs/common'
import type {
  CorrectPost,
  EndPost,
  HoldPost,
  UnitPostHistory,
  UnitPostList,
  UnitPostsCan,
  UnitPostsQuery,
  WithdrawPost,
} from '../../../contracts/organization/unit-post.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ConcernedPersons, isActor } from '../../../platform/access/concerned-persons.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import type { Days } from '../../../platform/periods/periods.rules.js'
import { hasEnded, MemberDirectory, type MemberRecord, Persons } from '../members/index.js'
import { isDay } from '../members/rules.js'
import {
  isLeading,
  UnitDirectory,
  UnitPostPeriods,
  UnitPosts,
  type PostRow,
  type UnitPost,
} from '../units/index.js'
import { presentPost } from './post.presenter.js'
import { problemWithDays } from './posts.rules.js'

/** Posts by the name under which `@AboutPerson` finds whom they are about. */
export const POST = 'post'

/** 班子任职: who holds a post in a unit, on what document. 书记 and 副书记 are decided by the unit above. */
@Injectable()
export class Posts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly access: Access,
    private readonly units: UnitDirectory,
    private readonly members: MemberDirectory,
    private readonly persons: Persons,
    private readonly concerned: ConcernedPersons,
    private readonly posts: UnitPosts,
    private readonly periods: UnitPostPeriods,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.concerned.register(POST, (id) => this.periods.holderOf(id))
  }

  async list(actor: Actor, unitId: string, query: UnitPostsQuery): Promise<UnitPostList> {
    await this.access.authorize(actor, 'unit.read', unitId)
    // An optional field may also come as null.
    const day = query.day ?? this.clock.today()
    if (!isDay(day)) {
      throw new Invalid('post.invalid', '没有这一天，请重新选择日期。', [
        { field: 'day', message: '没有这一天' },
      ])
    }
    const [{ name: unitName }, can, rows] = await Promise.all([
      this.units.get(unitId),
      this.can(actor, unitId),
      this.posts.rowsOn(unitId, day),
    ])
    return { unitName, day, items: await this.present(actor, unitId, can, rows), can }
  }

  async history(actor: Actor, unitId: string): Promise<UnitPostHistory> {
    await this.access.authorize(actor, 'unit.read', unitId)
    const [can, rows] = await Promise.all([this.can(actor, unitId), this.posts.historyOf(unitId)])
    return { items: await this.present(actor, unitId, can, rows) }
  }

  /** @throws Conflict when it is recorded already for all these days */
  async hold(actor: Actor, unitId: string, request: HoldPost): Promise<UnitPostList> {
    const title = request.title.trim()
    const { memberId } = request
    await this.authorize(actor, unitId, [title])
    const member = await this.members.load(actor, 'member.read', memberId)
    const days = daysOf(request)
    this.check(days, member)
    await this.database.transaction(async () => {
      await this.members.lock([memberId])
      const post = await this.periods.hold(
        { unitId, memberId, title },
        days,
        await this.persons.evidenceOf(actor, request),
      )
      if (!post) {
        throw new Conflict('post.known', `${member.name}这几天担任${title}已经登记过了，不用再登记。`)
      }
      await this.audit.record('unit.post-recorded', {
        ...by(actor, post),
        data: { memberId, fromOn: days.fromOn },
      })
    })
    return this.list(actor, unitId, {})
  }

  async end(actor: Actor, unitId: string, postId: string, request: EndPost): Promise<UnitPostList> {
    await this.change(actor, unitId, postId, null, async (post, member) => {
      const days = { fromOn: post.fromOn, untilOn: request.untilOn }
      this.check(days, member)
      const ended = await this.periods.replace(
        post,
        post.title,
        days,
        await this.persons.evidenceOf(actor, request),
      )
      const { memberId } = post
      await this.audit.record('unit.post-ended', {
        ...by(actor, ended),
        data: { memberId, untilOn: request.untilOn },
      })
    })
    return this.list(actor, unitId, {})
  }

  async correct(actor: Actor, unitId: string, postId: string, request: CorrectPost): Promise<UnitPostList> {
    const title = request.title.trim()
    await this.change(actor, unitId, postId, title, async (post, member) => {
      const days = daysOf(request)
      this.check(days, member)
      const corrected = await this.periods.replace(
        post,
        title,
        days,
        await this.persons.evidenceOf(actor, request),
      )
      await this.audit.record('unit.post-corrected', {
        ...by(actor, corrected),
        data: { memberId: post.memberId, fromOn: days.fromOn, correctedId: post.id },
      })
    })
    return this.list(actor, unitId, {})
  }

  /** Takes a post back that was recorded by mistake; the row stays, marked as withdrawn. */
  async withdraw(
    actor: Actor,
    unitId: string,
    postId: string,
    { reason }: WithdrawPost,
  ): Promise<UnitPostList> {
    await this.change(actor, unitId, postId, null, async (post) => {
      await this.periods.withdraw(post, await this.persons.evidenceOf(actor, { reason }))
      await this.audit.record('unit.post-withdrawn', {
        ...by(actor, post),
        data: { memberId: post.memberId },
      })
    })
    return this.list(actor, unitId, {})
  }

  private async change(
    actor: Actor,
    unitId: string,
    postId: string,
    newTitle: string | null,
    work: (post: UnitPost, member: Pick<MemberRecord, 'joinedOn' | 'standing'>) => Promise<void>,
  ): Promise<void> {
    await this.access.authorize(actor, 'unit.post', unitId)
    const found = await this.periods.find(unitId, postId)
    if (!found) throw new NotFound()
    await this.authorize(actor, unitId, newTitle === null ? [found.title] : [found.title, newTitle])
    await this.database.transaction(async () => {
      await this.members.lock([found.memberId])
      const post = await this.periods.find(unitId, postId)
      if (!post || post.withdrawnAt) {
        throw new Conflict('post.withdrawn', '这一条已经改过或撤回了，请刷新后再看。')
      }
      await work(post, await this.members.get(post.memberId))
    })
  }

  /** @throws NotFound outside the actor's units; Conflict for what the unit above decides */
  private async authorize(actor: Actor, unitId: string, titles: readonly string[]): Promise<void> {
    await this.access.authorize(actor, 'unit.post', unitId)
    if (titles.some(isLeading) && !(await this.can(actor, unitId)).decideLeading) {
      throw new Conflict('post.decided-above', '书记、副书记由上级党组织登记，请报上级党组织。')
    }
  }

  private check(days: Days, member: Pick<MemberRecord, 'joinedOn' | 'standing'>): void {
    const problem = problemWithDays(days, member, this.clock.today())
    if (problem) throw new Invalid('post.invalid', `没有登记：${problem.message}。`, [problem])
    if (days.untilOn === null && hasEnded(member.standing)) {
      throw new Invalid('post.invalid', '没有登记：这名党员的党籍已经不在这里。', [
        { field: 'memberId', message: '党籍已经不在这里' },
      ])
    }
  }

  private async can(actor: Actor, unitId: string): Promise<UnitPostsCan> {
    const { path, parentId } = await this.access.node(unitId)
    const above = parentId === null ? path : path.slice(0, -(unitId.length + 1))
    return {
      decide: this.access.mayAt(actor, 'unit.post', path),
      decideLeading: this.access.mayAt(actor, 'unit.post', above),
    }
  }

  private async present(actor: Actor, unitId: string, can: UnitPostsCan, rows: PostRow[]) {
    const [{ path }, recorders] = await Promise.all([
      this.access.node(unitId),
      this.persons.recordersOf(rows),
    ])
    return rows.map((row) =>
      presentPost(
        row,
        path,
        recorders.get(row.id) ?? null,
        can.decide &&
          (can.decideLeading || !isLeading(row.title)) &&
          !isActor(actor, { memberId: row.memberId }),
      ),
    )
  }
}

// An optional field may also come as null.
const daysOf = ({ fromOn, untilOn }: { fromOn: string; untilOn?: string }): Days => ({
  fromOn,
  untilOn: untilOn ?? null,
})

const by = ({ accountId }: Actor, { id, unitId }: UnitPost) => ({
  actorId: accountId,
  unitId,
  subjectId: id,
})
