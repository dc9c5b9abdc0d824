import { Injectable } from '@nestjs/common'
import type { Actor } from '../../../platform/access/actor.js'
import type { PeriodRecord } from '../../../platform/periods/period-record.js'
import type { Evidence } from '../../../platform/periods/period-writer.js'
import { Offices, UnitDirectory, UnitPosts } from '../units/index.js'
import { MemberDirectory } from './member-directory.js'

/** Which members these accounts are or last were: account id → member id. */
export type MembersOfAccounts = (accountIds: readonly string[]) => Promise<Map<string, string>>

/** Characters of a unit's name that are shown, so that all of it fits where the name is kept: 100 in all. */
const UNIT_MOST = 38

/** Who signs in as the member now; null when nobody is bound to them. */
export type AccountOfMember = (memberId: string) => Promise<string | null>

/** Nobody is on record for the account any more: its person has withdrawn their consent. */
const UNKNOWN = '已退出的工作人员'

/**
 * The names by which people see who read, recorded or decided something: a member with their post, or the person in
 * an office with its unit.
 */
@Injectable()
export class Persons {
  private membersOf: MembersOfAccounts = () => Promise.resolve(new Map<string, string>())
  private account: AccountOfMember = () => Promise.resolve(null)

  constructor(
    private readonly directory: MemberDirectory,
    private readonly posts: UnitPosts,
    private readonly offices: Offices,
    private readonly units: UnitDirectory,
  ) {}

  /** The room that knows accounts registers here. */
  register(membersOf: MembersOfAccounts, account: AccountOfMember): void {
    this.membersOf = membersOf
    this.account = account
  }

  /** The account that is bound to the member, confirmed by the branch; null when there is none. */
  accountOf(memberId: string): Promise<string | null> {
    return this.account(memberId)
  }

  /** Such as 李建国（书记） or 周敏（中共云溪县委员会党费管理岗）. */
  async nameOf({ membership, grants }: Actor): Promise<string> {
    if (membership) {
      const named = await this.ofMembers([membership.memberId])
      return named.get(membership.memberId) ?? UNKNOWN
    }
    const officeId = grants.find((grant) => grant.officeId !== null)?.officeId
    if (!officeId) return UNKNOWN
    return (await this.ofOffices([officeId])).get(officeId) ?? UNKNOWN
  }

  /** What a command writes beside a dated fact: who says so, by the name they have today, and on what ground. */
  async evidenceOf(
    actor: Actor,
    { document = null, reason = null }: { document?: string | null; reason?: string | null },
  ): Promise<Evidence> {
    const recordedByName = await this.nameOf(actor)
    return { recordedBy: actor.accountId, recordedByName, origin: 'recorded', document, reason }
  }

  /**
   * Who recorded these rows, by row: the name that was kept, or for older rows the one that the account has today.
   * Null where no person recorded it.
   */
  async recordersOf(
    rows: ReadonlyArray<Pick<PeriodRecord, 'id' | 'recordedBy' | 'recordedByName'>>,
  ): Promise<Map<string, string | null>> {
    const unnamed = rows.filter(({ recordedByName }) => recordedByName === null)
    const names = await this.ofAccounts(unnamed.flatMap(({ recordedBy }) => recordedBy ?? []))
    return new Map(
      rows.map(({ id, recordedBy, recordedByName }) => [
        id,
        recordedByName ?? (recordedBy === null ? null : (names.get(recordedBy) ?? null)),
      ]),
    )
  }

  /** Names by account, for lists; every account asked for has one. */
  async ofAccounts(accountIds: Iterable<string>): Promise<Map<string, string>> {
    const wanted = [...new Set(accountIds)]
    if (wanted.length === 0) return new Map()
    const members = await this.membersOf(wanted)
    const [names, seats] = await Promise.all([
      this.ofMembers([...new Set(members.values())]),
      this.offices.ofAccounts(wanted.filter((id) => !members.has(id))),
    ])
    const ofSeats = await this.ofOffices([...seats.values()])
    return new Map(
      wanted.map((id) => [
        id,
        names.get(members.get(id) ?? '') ?? ofSeats.get(seats.get(id) ?? '') ?? UNKNOWN,
      ]),
    )
  }

  /** Names by office, closed ones too. */
  async ofOffices(officeIds: readonly string[]): Promise<Map<string, string>> {
    const offices = await this.offices.byId(officeIds)
    const unitNames = await this.units.namesOf([...offices.values()].map(({ unitId }) => unitId))
    return new Map(
      [...offices].map(([id, { personName, title, unitId }]) => [
        id,
        `${personName}（${shortened(unitNames.get(unitId) ?? '')}${title}）`,
      ]),
    )
  }

  /** Names by member, with the highest post of those who hold one. */
  async ofMembers(memberIds: readonly string[]): Promise<Map<string, string>> {
    const [names, titles] = await Promise.all([
      this.directory.namesOf(memberIds),
      this.posts.titlesOf(memberIds),
    ])
    return new Map(
      [...names].map(([id, name]) => {
        const title = titles.get(id)
        return [id, title ? `${name}（${title}）` : name]
      }),
    )
  }
}

const shortened = (unitName: string): string =>
  unitName.length > UNIT_MOST ? `${unitName.slice(0, UNIT_MOST - 1)}…` : unitName
