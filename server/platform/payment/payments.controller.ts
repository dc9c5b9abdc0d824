import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common'
import { ApiExcludeEndpoint } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Payment } from '../../contracts/platform/payment.js'
import { AboutNobody, AboutOneself } from '../access/about.decorator.js'
import type { Actor } from '../access/actor.js'
import { CurrentActor } from '../access/current-actor.decorator.js'
import { Requires } from '../access/requires.decorator.js'
import { EmptyAnswer } from '../http/file-answer.decorator.js'
import { Limited, LimitedApart } from '../http/limits/limited.decorator.js'
import { Public } from '../http/public.decorator.js'
import { Notifications } from './notifications.js'
import { NOTIFICATION, ORDER_QUESTION } from './payment.budgets.js'
import { Payments } from './payments.js'

@Controller('api/v1')
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly notifications: Notifications,
  ) {}

  @Requires('account.use')
  @Limited(ORDER_QUESTION)
  @Get('payments/:tradeNo')
  find(@CurrentActor() actor: Actor, @Param('tradeNo') tradeNo: string): Promise<Payment> {
    return this.payments.find(actor, tradeNo)
  }

  @Requires('account.use')
  @Limited(ORDER_QUESTION)
  @AboutOneself()
  @Delete('payments/:tradeNo')
  giveUp(@CurrentActor() actor: Actor, @Param('tradeNo') tradeNo: string): Promise<Payment> {
    return this.payments.giveUp(actor, tradeNo)
  }

  /** WeChat Pay calls this route. The status tells WeChat whether to send the notification again. */
  @Public()
  @AboutNobody('WeChat tells what was paid')
  @LimitedApart(NOTIFICATION)
  @Post('payment-notifications/:mchid')
  @HttpCode(204)
  @EmptyAnswer()
  @ApiExcludeEndpoint()
  async notified(
    @Param('mchid') mchid: string,
    @Req() request: FastifyRequest & { rawBody?: Buffer },
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ code: 'FAIL'; message: string } | undefined> {
    const accepted = await this.notifications.receive(
      mchid,
      request.rawBody ?? Buffer.alloc(0),
      request.headers,
    )
    if (accepted) return undefined
    void reply.status(401)
    return { code: 'FAIL', message: '验签失败' }
  }
}
