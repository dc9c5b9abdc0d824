import { Injectable } from '@nestjs/common'
import type { Approval, ApprovalPage, ApprovalRequestPage } from '../../contracts/platform/approval.js'
import type { PageQuery } from '../../contracts/platform/paging.js'
import { Access } from '../access/access.js'
import type { Actor } from '../access/actor.js'
import { isId } from '../database/ids.js'
import { NotFound } from '../http/errors.js'
import { cursorPart, decodeCursor, limitOf, pageOf } from '../http/paging.js'
import type { ApprovalWords } from './approval-kind.js'
import { ApprovalKinds } from './approval-kinds.js'
import { ApprovalPeople } from './approval-people.js'
import { Deciders } from './deciders.js'
import type { ApprovalRequestRecord } from './approval-request.entity.js'
import { presentApproval, presentRequestLine } from './approval.presenter.js'
import { ApprovalQueries, type ApprovalHead } from './approval.queries.js'
import { isAbout, isRequester } from './approval.rules.js'

/** Requests as people read them: what waits for me, what I asked for, what is about me. */
@Injectable()
export class ApprovalViews {
  constructor(
    private readonly queries: ApprovalQueries,
    private readonly kinds: ApprovalKinds,
    private readonly people: ApprovalPeople,
    private readonly deciders: Deciders,
    private readonly access: Access,
  ) {}

  async waiting(actor: Actor, query: PageQuery): Promise<ApprovalPage> {
    const limit = limitOf(query)
    const heads = await this.queries.waitingFor(actor, { before: before(query), limit: limit + 1 })
    return this.page(actor, heads, limit, [])
  }

  async mine(actor: Actor, query: PageQuery): Promise<ApprovalPage> {
    const limit = limitOf(query)
    const own = await this.people.membersOf(actor)
    const heads = await this.queries.concerning(actor.accountId, own, {
      before: before(query),
      limit: limit + 1,
    })
    return this.page(actor, await this.stillReadable(actor, heads, own), limit, own)
  }

  /** @throws NotFound unless it lies in the actor's scope or is about them */
  async find(actor: Actor, id: string): Promise<Approval> {
    const own = await this.people.membersOf(actor)
    const head = await this.readable(actor, id, own)
    const [shown] = await this.present(actor, [head], own)
    if (!shown) throw new NotFound()
    return shown
  }

  /** The requests of a list that is decided together. @throws NotFound as `find` */
  async requests(actor: Actor, id: string, query: PageQuery): Promise<ApprovalRequestPage> {
    const after = before(query) ?? ''
    const limit = limitOf(query)
    const head = await this.readable(actor, id, await this.people.membersOf(actor))
    const alone = head.count === 1 ? head.first : undefined
    const rows = alone ?? (await this.queries.page(id, after, limit + 1))
    const words = await this.wordsOf(rows)
    return pageOf(
      rows,
      limit,
      (row) => [row.id],
      (row) => presentRequestLine(row, words),
    )
  }

  private async readable(actor: Actor, id: string, own: readonly string[]): Promise<ApprovalHead> {
    if (!isId(id)) throw new NotFound()
    const head = await this.queries.headOf(id)
    const [row] = head?.first ?? []
    if (head && row && (await this.isInScope(actor, row))) return head
    const request = await this.queries.find(id)
    if (!request || !(own.includes(request.aboutMemberId ?? '') || isAbout(request, actor))) {
      throw new NotFound()
    }
    return { id, count: 1, first: [request] }
  }

  /** Without what the actor asked for in a role that has ended. */
  private async stillReadable(
    actor: Actor,
    heads: readonly ApprovalHead[],
    own: readonly string[],
  ): Promise<ApprovalHead[]> {
    const readable = await Promise.all(
      heads.map(async ({ first: [row] }) =>
        row === undefined || own.includes(row.aboutMemberId ?? '') || isAbout(row, actor)
          ? true
          : this.isInScope(actor, row),
      ),
    )
    return heads.filter((_, index) => readable[index])
  }

  /** Whoever asked a unit above is not in its scope, but still does this work somewhere. */
  private async isInScope(actor: Actor, row: ApprovalRequestRecord): Promise<boolean> {
    const { kind, unitId } = row
    const { permission } = this.kinds.of(kind)
    if (isRequester(row, actor) && this.access.maySomewhere(actor, permission)) return true
    return this.access.mayAt(actor, permission, (await this.access.node(unitId)).path)
  }

  private async page(
    actor: Actor,
    heads: ApprovalHead[],
    limit: number,
    own: readonly string[],
  ): Promise<ApprovalPage> {
    const items = await this.present(actor, heads.slice(0, limit), own)
    const { next } = pageOf(
      heads,
      limit,
      ({ id }) => [id],
      () => null,
    )
    return { items, next }
  }

  private async present(
    actor: Actor,
    heads: readonly ApprovalHead[],
    own: readonly string[],
  ): Promise<Approval[]> {
    const words = await this.wordsOf(heads.flatMap(({ first }) => first))
    return Promise.all(
      heads.map(async (head) => {
        const [row] = head.first
        const waits = head.first.some(({ state }) => state === 'waiting')
        const asked = row !== undefined && isRequester(row, actor)
        const about = head.first.some((one) => own.includes(one.aboutMemberId ?? '') || isAbout(one, actor))
        return presentApproval(head, words, {
          asksPin: row !== undefined && this.kinds.of(row.kind).asksPin,
          nobodyElse: waits && asked && !(await this.deciders.existFor(head.first)),
          can: {
            decide: waits && !asked && !about && row !== undefined && (await this.isInScope(actor, row)),
            withdraw: waits && asked,
            object: waits && about && !asked && head.count === 1,
          },
        })
      }),
    )
  }

  /** Asks each kind once for the words of all its requests. */
  private async wordsOf(rows: readonly ApprovalRequestRecord[]): Promise<Map<string, ApprovalWords>> {
    const kinds = [...new Set(rows.map(({ kind }) => kind))]
    const words = await Promise.all(
      kinds.map((kind) => this.kinds.of(kind).describe(rows.filter((row) => row.kind === kind))),
    )
    return new Map(words.flatMap((some) => [...some]))
  }
}

/** The id in the cursor: of the last row shown. */
const before = (query: PageQuery): string | undefined => decodeCursor(query.cursor, [cursorPart.id])?.[0]
