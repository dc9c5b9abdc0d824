import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common'
import {
  CorrectPost,
  EndPost,
  HoldPost,
  UnitPostHistory,
  UnitPostList,
  UnitPostsQuery,
  WithdrawPost,
} from '../../../contracts/organization/unit-post.js'
import { AboutPerson } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Idempotent } from '../../../platform/idempotency/idempotent.decorator.js'
import { Posts, POST } from './posts.service.js'

const OF_POST = { what: '任职', param: 'postId', through: POST }

@Controller('api/v1/units/:id/posts')
export class PostsController {
  constructor(private readonly posts: Posts) {}

  @Requires('unit.read')
  @Get()
  list(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query() query: UnitPostsQuery,
  ): Promise<UnitPostList> {
    return this.posts.list(actor, id, query)
  }

  @Requires('unit.read')
  @Get('history')
  history(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<UnitPostHistory> {
    return this.posts.history(actor, id)
  }

  @Requires('unit.post')
  @AboutPerson({ what: '任职', field: 'memberId' })
  @Post()
  @Idempotent()
  hold(@CurrentActor() actor: Actor, @Param('id') id: string, @Body() body: HoldPost): Promise<UnitPostList> {
    return this.posts.hold(actor, id, body)
  }

  @Requires('unit.post')
  @AboutPerson(OF_POST)
  @Post(':postId/ending')
  @Idempotent()
  end(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('postId') postId: string,
    @Body() body: EndPost,
  ): Promise<UnitPostList> {
    return this.posts.end(actor, id, postId, body)
  }

  @Requires('unit.post')
  @AboutPerson(OF_POST)
  @Post(':postId/correction')
  @Idempotent()
  correct(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('postId') postId: string,
    @Body() body: CorrectPost,
  ): Promise<UnitPostList> {
    return this.posts.correct(actor, id, postId, body)
  }

  @Requires('unit.post')
  @AboutPerson(OF_POST)
  @Post(':postId/withdrawal')
  @Idempotent()
  withdraw(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Param('postId') postId: string,
    @Body() body: WithdrawPost,
  ): Promise<UnitPostList> {
    return this.posts.withdraw(actor, id, postId, body)
  }
}
