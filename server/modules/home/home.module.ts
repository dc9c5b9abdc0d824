import { Module } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { OrganizationModule } from '../organization/index.js'
import { ApprovalsHome } from './approvals.home.js'
import { AccountPage } from './account-page.service.js'
import { BranchPage } from './branch-page.service.js'
import { HomeParts } from './home-parts.js'
import { HomeController } from './home.controller.js'
import { MemberPagesController } from './member-pages.controller.js'
import { MemberPages } from './member-pages.service.js'
import { Menu } from './menu.service.js'
import { TodayPage } from './today-page.service.js'

/** The pages that belong to no feature: each composes what the features hand it. Above all modules, imported by none. */
@Module({
  imports: [DiscoveryModule, OrganizationModule],
  controllers: [HomeController, MemberPagesController],
  providers: [ApprovalsHome, HomeParts, Menu, TodayPage, AccountPage, BranchPage, MemberPages],
})
export class HomeModule {}
