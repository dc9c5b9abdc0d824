import { Module } from '@nestjs/common'
import { BindingsModule } from './bindings/index.js'
import { DuesModule } from './dues/index.js'
import { MembersModule } from './members/index.js'
import { PostsModule } from './posts/index.js'
import { RolesModule } from './roles/index.js'
import { RosterModule } from './roster/index.js'
import { UnitsModule } from './units/index.js'

const ROOMS = [UnitsModule, MembersModule, RolesModule, BindingsModule, PostsModule, DuesModule, RosterModule]

/** 基层党务: one room for each feature. */
@Module({ imports: ROOMS, exports: ROOMS })
export class OrganizationModule {}
