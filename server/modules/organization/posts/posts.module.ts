import { Module } from '@nestjs/common'
import { MembersModule } from '../members/index.js'
import { UnitsModule } from '../units/index.js'
import { PostEndings } from './post-endings.js'
import { PostsController } from './posts.controller.js'
import { PostsHome } from './posts.home.js'
import { Posts } from './posts.service.js'

/** 班子: who decides who holds a post in a unit. */
@Module({
  imports: [UnitsModule, MembersModule],
  controllers: [PostsController],
  providers: [Posts, PostEndings, PostsHome],
})
export class PostsModule {}
