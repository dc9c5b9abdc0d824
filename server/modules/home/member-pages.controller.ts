import { Controller, Get, Param, Query } from '@nestjs/common'
import { ListMembers, Member, MemberPage, Timeline } from '../../contracts/home/member-page.js'
import type { Actor } from '../../platform/access/actor.js'
import { CurrentActor } from '../../platform/access/current-actor.decorator.js'
import { Requires } from '../../platform/access/requires.decorator.js'
import { MemberPages } from './member-pages.service.js'

@Requires('member.read')
@Controller('api/v1/members')
export class MemberPagesController {
  constructor(private readonly pages: MemberPages) {}

  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: ListMembers): Promise<MemberPage> {
    return this.pages.list(actor, query)
  }

  @Get(':id')
  find(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Member> {
    return this.pages.find(actor, id)
  }

  /** What happened to the member, newest first. */
  @Get(':id/timeline')
  timeline(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<Timeline> {
    return this.pages.timeline(actor, id)
  }
}
