import { Body, Controller, Get, Headers, Post, Query } from '@nestjs/common'
import { ApiHeader } from '@nestjs/swagger'
import { BillChangeList, BillPage, PayBills } from '../../../contracts/organization/dues.js'
import { PageQuery } from '../../../contracts/platform/paging.js'
import { Payment } from '../../../contracts/platform/payment.js'
import { AboutOneself } from '../../../platform/access/about.decorator.js'
import type { Actor } from '../../../platform/access/actor.js'
import { CurrentActor } from '../../../platform/access/current-actor.decorator.js'
import { Requires } from '../../../platform/access/requires.decorator.js'
import { Limited } from '../../../platform/http/limits/limited.decorator.js'
import { BillChanges } from './bill-changes.service.js'
import { ORDER } from './dues.budgets.js'
import { MyBills } from './my-bills.service.js'

@Controller('api/v1')
export class MyBillsController {
  constructor(
    private readonly bills: MyBills,
    private readonly changes: BillChanges,
  ) {}

  @Requires('dues.pay')
  @Get('me/bills')
  list(@CurrentActor() actor: Actor, @Query() query: PageQuery): Promise<BillPage> {
    return this.bills.list(actor, query)
  }

  @Requires('dues.pay')
  @Get('me/bill-changes')
  changesOfMine(@CurrentActor() actor: Actor): Promise<BillChangeList> {
    return this.changes.ofMine(actor)
  }

  @Requires('dues.pay')
  @AboutOneself()
  @Limited(ORDER)
  @Post('payments')
  @ApiHeader({ name: 'Idempotency-Key', description: '8 到 64 个字母、数字或横线，同一次支付重试时不变' })
  pay(
    @CurrentActor() actor: Actor,
    @Body() body: PayBills,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
  ): Promise<Payment> {
    return this.bills.pay(actor, body, idempotencyKey)
  }
}
