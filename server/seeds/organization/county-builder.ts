import type { INestApplicationContext } from '@nestjs/common'
import type { DuesClass } from '../../contracts/organization/dues.js'
import type { MemberCategory, Sex } from '../../contracts/organization/member-fact.js'
import type { MemberFactKind } from '../../contracts/organization/member-fact.js'
import type { TextSize } from '../../contracts/platform/preferences.js'
import type { UnitKind } from '../../contracts/organization/unit.js'
import { BindingRecord } from '../../modules/organization/bindings/binding.entity.js'
import { AssessmentPeriods } from '../../modules/organization/dues/assessment-periods.js'
import { BillRecord } from '../../modules/organization/dues/bill.entity.js'
import { isComputed } from '../../modules/organization/dues/dues.rules.js'
import { GenerationQueries } from '../../modules/organization/dues/generation.queries.js'
import { idNumberIndexOf, phoneIndexOf } from '../../modules/organization/members/member-index.js'
import { MemberFacts } from '../../modules/organization/members/member-facts.js'
import { MemberRecord } from '../../modules/organization/members/member.entity.js'
import { WHEN_SILENT } from '../../modules/organization/roster/roster-person.js'
import { Offices } from '../../modules/organization/units/offices.js'
import { UnitPostPeriods } from '../../modules/organization/units/unit-post-periods.js'
import type { UnitRecord } from '../../modules/organization/units/unit.entity.js'
import { Units } from '../../modules/organization/units/units.service.js'
import { Access } from '../../platform/access/access.js'
import type { Holder } from '../../platform/access/actor.js'
import { Grants } from '../../platform/access/grants.js'
import type { Role } from '../../platform/access/permissions.js'
import { subtreeOf } from '../../platform/access/scope.js'
import { AccountRecord } from '../../platform/auth/account.entity.js'
import { Clock } from '../../platform/config/clock.js'
import { Database } from '../../platform/database/database.js'
import { newId } from '../../platform/database/ids.js'
import { MerchantAccounts } from '../../platform/payment/merchant-accounts.js'
import { inventedIdNumber, likelyJoiningDay } from './invented-person.js'

export interface NewMember {
  name: string
  sex?: Sex
  /** `YYYY-MM-DD` */
  birthDate?: string
  phone?: string | null
  joinedOn?: string
  category?: MemberCategory
  duesClass?: DuesClass
  /** Monthly base in yuan, for classes that have one; without it no bill can be made. */
  baseYuan?: number
  floating?: boolean
  lostContact?: boolean
  post?: string
  education?: string
  nationality?: string
}

export interface BuiltMember {
  id: string
  unitId: string
  name: string
  idNumber: string
  phone: string | null
}

interface Clerk {
  name: string
  phone: string | null
}

const CLERK: Clerk = { name: '周敏', phone: null }

/** From which month the assessments of a new county hold. */
const LONG_AGO = '2020-01'

/** Every id lies between these. */
const EVERYBODY = { after: '', upTo: '~' }

/**
 * Builds a county for the demonstration and for tests. It writes what the commands would have written, without their
 * checks: for seeds only.
 */
export class CountyBuilder {
  private readonly database: Database
  private readonly units: Units
  private readonly access: Access
  private readonly grants: Grants
  private readonly offices: Offices
  private readonly facts: MemberFacts
  private readonly classes: AssessmentPeriods
  private readonly generation: GenerationQueries
  private readonly merchants: MerchantAccounts
  private readonly posts: UnitPostPeriods
  private readonly clock: Clock
  private serial = 100

  constructor(app: INestApplicationContext) {
    const get = <T>(type: abstract new (...args: never[]) => T): T => app.get(type, { strict: false })
    this.database = get(Database)
    this.units = get(Units)
    this.access = get(Access)
    this.grants = get(Grants)
    this.offices = get(Offices)
    this.facts = get(MemberFacts)
    this.classes = get(AssessmentPeriods)
    this.generation = get(GenerationQueries)
    this.merchants = get(MerchantAccounts)
    this.posts = get(UnitPostPeriods)
    this.clock = get(Clock)
  }

  unit(
    kind: UnitKind,
    name: string,
    parent: UnitRecord | null,
    phone: string | null = null,
  ): Promise<UnitRecord> {
    return this.units.found(parent?.id ?? null, kind, name, phone)
  }

  collectsInto(unit: UnitRecord, mchid: string): Promise<void> {
    return this.merchants.openDirect(unit.id, mchid, `${unit.name}党费专户`)
  }

  async member(unit: UnitRecord, person: NewMember): Promise<BuiltMember> {
    const now = this.clock.now()
    const birthDate = person.birthDate ?? '1975-06-15'
    const sex = person.sex ?? 'male'
    this.serial += 1
    const idNumber = inventedIdNumber(this.serial, birthDate, sex)
    const phone = person.phone ?? null
    const joinedOn =
      person.joinedOn ?? likelyJoiningDay(this.serial, birthDate, person.category, this.clock.month())
    const member: MemberRecord = {
      ...WHEN_SILENT,
      rights: 'full',
      art23: 'none',
      id: newId(),
      unitId: unit.id,
      name: person.name,
      sex,
      idNumber,
      idNumberIndex: idNumberIndexOf(idNumber),
      phone,
      phoneIndex: phone === null ? null : phoneIndexOf(phone),
      address: `云溪县${unit.name.replace(/党支部$/, '')}${this.serial}号`,
      nationality: person.nationality ?? '01',
      birthDate,
      education: person.education ?? '61',
      category: person.category ?? 'formal',
      joinedOn,
      regularizedOn: person.category === 'probationary' ? null : nextYear(joinedOn),
      post: person.post ?? null,
      lostContact: person.lostContact ?? false,
      floating: person.floating ?? false,
      duesClass: person.duesClass ?? 'farmer',
      createdAt: now,
      updatedAt: now,
    }
    await this.database.repository(MemberRecord).insert(member)
    await this.facts.recordFirst([{ ...member, memberId: member.id, inUnitFrom: `${LONG_AGO}-01` }], {
      recordedBy: null,
      origin: 'recorded',
    })
    const baseFen =
      isComputed(member.duesClass) && person.baseYuan !== undefined ? Math.round(person.baseYuan * 100) : null
    await this.classes.recordFirst(
      [{ memberId: member.id, unitId: unit.id, fromMonth: LONG_AGO, duesClass: member.duesClass, baseFen }],
      { recordedBy: null, origin: 'recorded', reason: '年初核定' },
    )
    return { id: member.id, unitId: unit.id, name: member.name, idNumber, phone }
  }

  /** That something holds for a member from a day on, as if it had been recorded in the house. */
  async fact(
    { id: memberId }: { id: string },
    kind: MemberFactKind,
    value: string,
    fromOn: string,
    { reason = '支部报来', ...more }: { untilOn?: string; duesPaidThrough?: string; reason?: string } = {},
  ): Promise<void> {
    await this.facts.record(
      { memberId, kind, value, fromOn, ...more },
      { recordedBy: null, origin: 'recorded', reason },
    )
  }

  /** By which class and base a member pays from a month on; bills that were made follow. */
  async assess(
    { id: memberId, unitId }: BuiltMember,
    fromMonth: string,
    duesClass: DuesClass,
    { baseYuan, reason }: { baseYuan?: number; reason: string },
  ): Promise<void> {
    const baseFen = baseYuan === undefined ? null : Math.round(baseYuan * 100)
    await this.database.transaction(() =>
      this.classes.record({ memberId, unitId, fromMonth, duesClass, baseFen }, 'replace', {
        ...{ recordedBy: null, origin: 'recorded', reason },
      }),
    )
  }

  /** @returns the account id */
  async account(openid: string, textSize: TextSize = 'standard'): Promise<string> {
    const id = newId()
    await this.database
      .repository(AccountRecord)
      .insert({ id, openid, unionid: null, textSize, createdAt: this.clock.now() })
    return id
  }

  /** A binding that the branch has confirmed. */
  async bind(accountId: string, member: BuiltMember): Promise<void> {
    const now = this.clock.now()
    await this.database.repository(BindingRecord).insert({
      id: newId(),
      kind: 'own',
      accountId,
      memberId: member.id,
      state: 'confirmed',
      phone: member.phone ?? '',
      accountKey: accountId,
      memberKey: member.id,
      claimedAt: now,
      confirmedAt: now,
      decidedBy: null,
      decidedAt: now,
      reason: null,
    })
  }

  /**
   * A role that the account's membership holds, or an office of the unit when the account has none.
   * @param person who sits in the office
   */
  async grant(accountId: string, role: Role, unit: UnitRecord, person = CLERK): Promise<void> {
    const binding = await this.database.repository(BindingRecord).findOneBy({ accountKey: accountId })
    const holder: Holder = binding?.memberId
      ? { kind: 'member', id: binding.memberId }
      : { kind: 'office', id: await this.officeOf(accountId, unit, person) }
    await this.grants.add({ holder, accountId, role, nodeId: unit.id, grantedBy: null })
  }

  /** A role of somebody who is bound, with the post it comes with and its last day. */
  async grantWithPost(
    { id }: BuiltMember,
    role: Role,
    unit: UnitRecord,
    post: { unitId: string; title: string } | null,
    lastOn: string | null = null,
  ): Promise<void> {
    const { accountId } = await this.database.repository(BindingRecord).findOneByOrFail({ memberKey: id })
    const holder: Holder = { kind: 'member', id }
    await this.grants.add({ holder, accountId, role, nodeId: unit.id, post, lastOn, grantedBy: null })
  }

  private async officeOf(
    accountId: string,
    unit: UnitRecord,
    { name: personName, phone }: Clerk,
  ): Promise<string> {
    const [office] = await this.offices.ofAccount(accountId)
    if (office) return office.id
    const named = { unitId: unit.id, title: '工作岗', personName, phone, accountId }
    return this.offices.open({ ...named, document: '云组发〔2026〕1号', openedBy: null })
  }

  /** @param untilOn first day on which the member no longer holds it */
  async post(
    unit: UnitRecord,
    member: { id: string },
    title: string,
    fromOn = '2024-03-01',
    untilOn: string | null = null,
  ): Promise<void> {
    await this.posts.hold(
      { unitId: unit.id, memberId: member.id, title },
      { fromOn, untilOn },
      { recordedBy: null, origin: 'recorded', document: '支部党员大会选举结果' },
    )
  }

  /** Makes the bills of a month for a unit and what stands below it. */
  async bills(unit: UnitRecord, month: string): Promise<void> {
    const { path } = await this.access.node(unit.id)
    await this.generation.insertRange({ ranges: [subtreeOf(path)] }, month, EVERYBODY, this.clock.now())
  }

  /** Marks bills as paid in cash, as before there was any online payment. */
  async paid(memberId: string, months: string[], paidAt: Date): Promise<void> {
    for (const month of months) {
      await this.database
        .repository(BillRecord)
        .update({ memberId, month, state: 'unpaid' }, { state: 'paid', paidAt })
    }
  }
}

const nextYear = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`
