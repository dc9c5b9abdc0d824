import { Injectable } from '@nestjs/common'
import { Database } from '../../../platform/database/database.js'

export interface PostHolder {
  memberId: string
  name: string
  title: string
}

/** Who holds which post in a unit now. */
@Injectable()
export class UnitPosts {
  constructor(private readonly database: Database) {}

  /** Highest post first. */
  of(unitId: string): Promise<PostHolder[]> {
    return this.database.query(
      `SELECT p.memberId, m.name, p.title FROM unit_post p JOIN member m ON m.id = p.memberId
       WHERE p.unitId = ? AND p.endedOn IS NULL ORDER BY p.rank, p.id`,
      [unitId],
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
    const [post] = await this.database.query<{ title: string }>(
      'SELECT p.title FROM unit_post p WHERE p.memberId = ? AND p.endedOn IS NULL ORDER BY p.rank LIMIT 1',
      [memberId],
    )
    return post?.title ?? null
  }
}
