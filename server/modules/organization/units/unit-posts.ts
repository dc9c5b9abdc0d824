import { Injectable } from '@nestjs/common'
import { Clock } from '../../../platform/config/clock.js'
import { Database } from '../../../platform/database/database.js'
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

  /** A member's highest post in any unit; null when they hold none. */
  async titleOf(memberId: string): Promise<string | null> {
    const held = asOf('p', this.clock.today())
    const [post] = await this.database.query<{ title: string }>(
      `SELECT p.title FROM unit_post_period p WHERE p.memberId = ? AND ${held.sql} ORDER BY p.listOrder LIMIT 1`,
      [memberId, ...held.parameters],
    )
    return post?.title ?? null
  }
}
