import { Body, Controller, Get, Put } from '@nestjs/common'
import { Account, ChoosePreferences } from '../../contracts/home/account.js'
import { MyBranch } from '../../contracts/home/branch.js'
import { MonthPage } from '../../contracts/home/menu.js'
import { Today } from '../../contracts/home/today.js'
import { AboutOneself } from '../../platform/access/about.decorator.js'
import type { Actor } from '../../platform/access/actor.js'
import { CurrentActor } from '../../platform/access/current-actor.decorator.js'
import { Requires } from '../../platform/access/requires.decorator.js'
import { AccountPage } from './account-page.service.js'
import { BranchPage } from './branch-page.service.js'
import { Menu } from './menu.service.js'
import { TodayPage } from './today-page.service.js'

@Controller('api/v1/me')
export class HomeController {
  constructor(
    private readonly accountPage: AccountPage,
    private readonly todayPage: TodayPage,
    private readonly branchPage: BranchPage,
    private readonly menu: Menu,
  ) {}

  @Requires('account.use')
  @Get()
  account(@CurrentActor() actor: Actor): Promise<Account> {
    return this.accountPage.account(actor)
  }

  @Requires('account.use')
  @AboutOneself()
  @Put('preferences')
  choosePreferences(@CurrentActor() actor: Actor, @Body() body: ChoosePreferences): Promise<Account> {
    return this.accountPage.choosePreferences(actor, body)
  }

  @Requires('account.use')
  @Get('today')
  today(@CurrentActor() actor: Actor): Promise<Today> {
    return this.todayPage.today(actor)
  }

  /** 本月: how far each area has come that the reader is responsible for. */
  @Requires('account.use')
  @Get('month')
  month(@CurrentActor() actor: Actor): Promise<MonthPage> {
    return this.menu.month(actor)
  }

  @Requires('branch.view')
  @Get('branch')
  branch(@CurrentActor() actor: Actor): Promise<MyBranch> {
    return this.branchPage.branch(actor)
  }
}
