import { Body, Controller, Get, Put } from '@nestjs/common'
import { Account, ChoosePreferences } from '../../../contracts/home/account.js'
import { MyBranch } from '../../../contracts/home/branch.js'
import { Today } from '../../../contracts/home/today.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { BranchPage } from './branch.service.js'
import { Me } from './me.service.js'
import { TodayPage } from './today.service.js'

@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly me: Me,
    private readonly todayPage: TodayPage,
    private readonly branchPage: BranchPage,
  ) {}

  @Requires('account.use')
  @Get()
  account(@CurrentActor() actor: Actor): Promise<Account> {
    return this.me.account(actor)
  }

  @Requires('account.use')
  @Put('preferences')
  choosePreferences(@CurrentActor() actor: Actor, @Body() body: ChoosePreferences): Promise<Account> {
    return this.me.choosePreferences(actor, body)
  }

  @Requires('account.use')
  @Get('today')
  today(@CurrentActor() actor: Actor): Promise<Today> {
    return this.todayPage.today(actor)
  }

  @Requires('branch.view')
  @Get('branch')
  branch(@CurrentActor() actor: Actor): Promise<MyBranch> {
    return this.branchPage.branch(actor)
  }
}
