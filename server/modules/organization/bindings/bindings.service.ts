import { Injectable } from '@nestjs/common'
import type {
  ClaimAnswer,
  ClaimBinding,
  NameBinding,
  OwnBinding,
} from '../../../contracts/organization/binding.js'
import type { Actor } from '../../../platform/access/actor.js'
import { Audit } from '../../../platform/audit/audit.js'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { isDuplicate } from '../../../platform/database/errors.js'
import { newId } from '../../../platform/database/ids.js'
import { Conflict, Invalid, NotFound } from '../../../platform/http/errors.js'
import { WechatApi } from '../../../platform/wechat/wechat-api.js'
import { MemberDirectory, type MemberRecord } from '../members/index.js'
import { BindingRecord } from './binding.entity.js'
import { presentOwnBinding } from './binding.presenter.js'
import { BindingQueries } from './bindings.queries.js'
import { ENDED_BY_PERSON, sameName } from './bindings.rules.js'
import { OfficeClaims } from './office-claims.js'
import { phoneOf } from './vouched-phone.rules.js'

const ALREADY_SENT = '您的申请已经提交，正在等支部书记确认。'
const CHANGED_MEANWHILE = '支部刚刚处理了这条申请，请刷新后再看。'

/** A person claims to be a member: WeChat verifies the telephone number, the branch confirms the person. */
@Injectable()
export class Bindings {
  constructor(
    private readonly database: Database,
    private readonly queries: BindingQueries,
    private readonly members: MemberDirectory,
    private readonly wechat: WechatApi,
    private readonly offices: OfficeClaims,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The number leads to members on the roster, to offices that wait for their person, or to both. */
  async claim(actor: Actor, { phoneCode }: ClaimBinding): Promise<ClaimAnswer> {
    const unfinished = await this.unfinished(actor)
    const phone = phoneOf(await this.wechat.exchangePhoneCode(phoneCode, actor.openid))
    const candidates = await this.members.withPhone(phone)
    const offices = await this.offices.take(actor, phone)
    if (candidates.length === 0 && offices.length > 0) return { binding: null, offices }
    return { binding: await this.claimOne(actor, phone, candidates, unfinished), offices }
  }

  private async claimOne(
    actor: Actor,
    phone: string,
    candidates: readonly MemberRecord[],
    unfinished: BindingRecord | null,
  ): Promise<OwnBinding> {
    const [only] = candidates
    if (!only) {
      throw new Invalid(
        'binding.not-on-roster',
        '花名册里没有这个手机号。请联系支部书记核对您登记的手机号，改好后再来绑定。',
      )
    }
    const binding = this.draft(actor, phone)
    const insert = (row: BindingRecord) =>
      this.database.transaction(async () => {
        if (unfinished) await this.end(unfinished, ENDED_BY_PERSON['new-claim'])
        await this.database.repository(BindingRecord).insert(row)
      })
    if (candidates.length > 1) {
      const asked = { actorId: actor.accountId, unitId: null, subjectId: binding.id }
      await this.unlessTwice(actor, () =>
        this.database.transaction(async () => {
          await insert(binding)
          await this.audit.record('binding.name-asked', asked)
        }),
      )
      return this.ownView(actor)
    }
    return this.stake(actor, { ...binding, memberId: only.id }, only.unitId, insert)
  }

  /** Finds the member by name when several members share the number. */
  async name(actor: Actor, id: string, { name }: NameBinding): Promise<OwnBinding> {
    const binding = await this.own(actor, id, 'name-needed')
    const member = (await this.members.withPhone(binding.phone)).find((candidate) =>
      sameName(candidate.name, name),
    )
    if (!member) {
      throw new Invalid('binding.name-unknown', '用这个手机号登记的党员里没有这个姓名，请检查后再填。', [
        { field: 'name', message: '花名册里没有这个姓名，请写身份证上的全名，或联系支部书记' },
      ])
    }
    return this.stake(actor, { ...binding, memberId: member.id }, member.unitId, async (row) => {
      const { memberId, state, accountKey, memberKey } = row
      const named = await this.database.compareAndSet(
        `UPDATE binding SET memberId = ?, state = ?, accountKey = ?, memberKey = ?
         WHERE id = ? AND state = 'name-needed'`,
        [memberId, state, accountKey, memberKey, id],
      )
      if (!named) throw new Conflict('binding.decided-meanwhile', CHANGED_MEANWHILE)
    })
  }

  /** Takes a claim back before the branch has decided. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    const binding = await this.own(actor, id, 'pending', 'name-needed')
    await this.database.transaction(() => this.end(binding, ENDED_BY_PERSON.withdrawal))
  }

  /** This account's claim that still lacks a name: a new claim replaces it. */
  private async unfinished(actor: Actor): Promise<BindingRecord | null> {
    const standing = await this.standing(actor)
    if (standing?.state === 'confirmed') {
      throw new Conflict(
        'binding.already-bound',
        '您已经绑定了，不需要再绑。如果绑错了人，请联系支部书记解除。',
      )
    }
    if (standing?.state === 'pending') {
      throw new Conflict('binding.pending', ALREADY_SENT)
    }
    return standing
  }

  /** Stores the claim. When another account already holds the member, stores a refused claim and tells the branch. */
  private async stake(
    actor: Actor,
    binding: BindingRecord,
    unitId: string,
    write: (binding: BindingRecord) => Promise<void>,
  ): Promise<OwnBinding> {
    const enter = (row: BindingRecord, event: 'binding.claimed' | 'binding.refused') =>
      this.database.transaction(async () => {
        await write(row)
        await this.audit.record(event, { actorId: actor.accountId, unitId, subjectId: row.id })
      })
    const claim: BindingRecord = { ...binding, state: 'pending', memberKey: binding.memberId }
    try {
      await this.unlessTwice(actor, () => enter(claim, 'binding.claimed'), binding.id)
    } catch (error) {
      if (!isDuplicate(error)) throw error
      await enter({ ...binding, state: 'refused', accountKey: null, memberKey: null }, 'binding.refused')
      throw new Conflict(
        'binding.already-claimed',
        '这名党员已经由另一个微信号绑定或正在等待确认。我们已告诉支部书记，请与书记联系。',
      )
    }
    return this.ownView(actor)
  }

  /** Two taps on a button send two claims of one account: the second must not count as a claim of another account. */
  private async unlessTwice(actor: Actor, write: () => Promise<void>, own?: string): Promise<void> {
    try {
      await write()
    } catch (error) {
      if (!isDuplicate(error)) throw error
      const standing = await this.standing(actor)
      if (!standing || standing.id === own) throw error
      throw new Conflict('binding.pending', ALREADY_SENT)
    }
  }

  private draft(actor: Actor, phone: string): BindingRecord {
    return {
      id: newId(),
      kind: 'own',
      accountId: actor.accountId,
      memberId: null,
      state: 'name-needed',
      phone,
      accountKey: actor.accountId,
      memberKey: null,
      claimedAt: this.clock.now(),
      confirmedAt: null,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    }
  }

  /** The account's current claim or membership; an account has one at most. */
  private standing(actor: Actor): Promise<BindingRecord | null> {
    return this.database.repository(BindingRecord).findOneBy({ accountKey: actor.accountId })
  }

  private async own(actor: Actor, id: string, ...states: BindingRecord['state'][]): Promise<BindingRecord> {
    const binding = await this.database
      .repository(BindingRecord)
      .findOneBy({ id, accountId: actor.accountId })
    if (!binding || !states.includes(binding.state)) throw new NotFound()
    return binding
  }

  private async end({ id, accountId, state }: BindingRecord, reason: string): Promise<void> {
    const ended = await this.database.compareAndSet(
      `UPDATE binding SET state = 'undone', accountKey = NULL, memberKey = NULL, reason = ?,
              decidedBy = accountId, decidedAt = ?
       WHERE id = ? AND state = ?`,
      [reason, this.clock.now(), id, state],
    )
    if (!ended) throw new Conflict('binding.decided-meanwhile', CHANGED_MEANWHILE)
    await this.audit.record('binding.withdrawn', { actorId: accountId, unitId: null, subjectId: id })
  }

  private async ownView(actor: Actor): Promise<OwnBinding> {
    const claim = await this.queries.latest(actor.accountId)
    if (!claim) throw new NotFound()
    return presentOwnBinding(claim)
  }
}
