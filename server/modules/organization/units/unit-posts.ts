import { Injectable } from '@nestjs/common'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
import { placeholders } from '../../../platform/database/dialect.js'
import { asOf } from '../../../platform/periods/as-of.js'

export interface PostHolder {
  memberId: string
  name: string
  title: string
}

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
    const secretary = posts.find(({ title }) => title.endsWith('书记') && !title.includes('副'))
    return secretary?.name ?? null
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
}
