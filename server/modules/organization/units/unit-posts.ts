import { Injectable } from '@nestjs/common'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { asOf } from '../../../platform/periods/as-of.js'
import { isSecretary } from './unit-post-titles.rules.js'
import type { UnitPost } from './unit-post.entity.js'

export interface PostHolder {
  memberId: string
  name: string
  title: string
}

/** A post with what is shown of its holder. */
export interface PostRow extends UnitPost {
  memberName: string
  memberUnitName: string
  /** Path of the holder's unit today. */
  memberPath: string
}

/** Rows of a list at most. */
const MOST = 200

const WITH_HOLDER = `SELECT p.*, m.name AS memberName, u.name AS memberUnitName, n.path AS memberPath
  FROM unit_post_period p JOIN member m ON m.id = p.memberId JOIN unit u ON u.id = m.unitId
  JOIN org_node n ON n.id = m.unitId`

/** Who holds which post in a unit, today or on another day. */
@Injectable()
export class UnitPosts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Highest post first. @param day `YYYY-MM-DD`; today when not given */
  of(unitId: string, day: string = this.clock.today()): Promise<PostHolder[]> {
    const held = asOf('p', day)
    return this.database.query(
      `SELECT p.memberId, m.name, p.title FROM unit_post_period p JOIN member m ON m.id = p.memberId
       WHERE p.unitId = ? AND ${held.sql} ORDER BY p.listOrder, p.id`,
      [unitId, ...held.parameters],
    )
  }

  /** Name of the secretary of a unit; null while the post is vacant. */
  async secretaryOf(unitId: string): Promise<string | null> {
    const posts = await this.of(unitId)
    const secretary = posts.find(({ title }) => isSecretary(title))
    return secretary?.name ?? null
  }

  /** Whether the member holds the post today. */
  async isHeld({
    unitId,
    memberId,
    title,
  }: Pick<UnitPost, 'unitId' | 'memberId' | 'title'>): Promise<boolean> {
    const posts = await this.of(unitId)
    return posts.some((post) => post.memberId === memberId && post.title === title)
  }

  /** The highest post that each of these members holds in any unit; those who hold none are left out. */
  async titlesOf(memberIds: readonly string[]): Promise<Map<string, string>> {
    if (memberIds.length === 0) return new Map()
    const held = asOf('p', this.clock.today())
    const posts = await this.database.query<{ memberId: string; title: string }>(
      `SELECT p.memberId, p.title FROM unit_post_period p
       WHERE p.memberId IN (${placeholders(memberIds)}) AND ${held.sql} ORDER BY p.listOrder DESC, p.id DESC`,
      [...memberIds, ...held.parameters],
    )
    // A later entry replaces an earlier one, so the highest post comes last.
    return new Map(posts.map(({ memberId, title }) => [memberId, title]))
  }

  /** The posts of a unit on a day with their holders, highest first. */
  rowsOn(unitId: string, day: string): Promise<PostRow[]> {
    const held = asOf('p', day)
    return this.database.query(
      `${WITH_HOLDER} WHERE p.unitId = ? AND ${held.sql} ORDER BY p.listOrder, p.fromOn, p.id LIMIT ${MOST}`,
      [unitId, ...held.parameters],
    )
  }

  /** All that was ever recorded of a unit's posts, withdrawn rows too, latest day first. */
  historyOf(unitId: string): Promise<PostRow[]> {
    return this.database.query(
      `${WITH_HOLDER} WHERE p.unitId = ? ORDER BY p.fromOn DESC, p.id DESC LIMIT ${MOST}`,
      [unitId],
    )
  }

  /** The posts that a member has held or holds, with the unit's name; not withdrawn, latest first. */
  ofMember(
    memberId: string,
  ): Promise<Array<Pick<UnitPost, 'title' | 'fromOn' | 'untilOn'> & { unitName: string }>> {
    return this.database.query(
      `SELECT p.title, p.fromOn, p.untilOn, u.name AS unitName FROM unit_post_period p JOIN unit u ON u.id = p.unitId
       WHERE p.memberId = ? AND p.withdrawnAt IS NULL ORDER BY p.fromOn DESC LIMIT ${MOST}`,
      [memberId],
    )
  }
}
