import { Injectable } from '@nestjs/common'
import type { TimelineEntry } from '../../../contracts/home/member-page.js'
import type { Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ContributesToHome, type HomePart, type ShownMember } from '../../home-part/index.js'
import { UnitPosts } from '../units/index.js'

@Injectable()
@ContributesToHome()
export class PostsHome implements HomePart {
  constructor(
    private readonly access: Access,
    private readonly posts: UnitPosts,
  ) {}

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'unit.post') ? { kind: 'posts', title: '班子' } : null
  }

  async timelineFor(_: Actor, { id }: ShownMember): Promise<TimelineEntry[]> {
    return (await this.posts.ofMember(id)).flatMap(({ unitName, title, fromOn, untilOn }) => [
      ...(untilOn === null ? [] : [{ on: untilOn, text: `不再担任${unitName}${title}` }]),
      { on: fromOn, text: `担任${unitName}${title}` },
    ])
  }
}
