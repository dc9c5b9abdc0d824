import { Controller, Get, Injectable, Query, Req, UseGuards } from '@nestjs/common'
import { AuthGuard } from '@nestjs/passport'
import { InjectRepository } from '@nestjs/typeorm'
import { Exclude, Expose, Type } from 'class-transformer'
import { IsInt, IsOptional, Max, Min } from 'class-validator'
import { Between, Repository } from 'typeorm'
import type { DuesClass } from '../../../server/contracts/organization/dues.js'
import { CLASS_RULES, explain } from '../../../server/modules/organization/dues/dues.rules.js'
import { Account, Bill } from './entities.js'

export class ListQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number
}

@Exclude()
export class BillDto {
  @Expose() id: string
  @Expose() month: string
  @Expose() amountFen: number
  @Expose() state: string
  @Expose() unitName: string
  @Expose() explanation: object
  @Expose() payee: string | null
  @Expose() paidAt: string | null
  @Expose() pendingTradeNo: string | null
  @Expose() can: object

  constructor(bill: Bill) {
    const duesClass = bill.duesClass as DuesClass
    const baseFen = bill.baseFen === null ? null : Number(bill.baseFen)
    const amountFen = Number(bill.amountFen)
    const { rateBasisPoints } = bill
    const rounding = bill.rounding as 'fen' | 'jiao'
    this.id = bill.id
    this.month = bill.month
    this.amountFen = amountFen
    this.state = bill.state
    this.unitName = bill.unit.name
    this.explanation = {
      duesClass,
      baseFen,
      rateBasisPoints,
      sentence: explain({ duesClass, baseFen, rateBasisPoints, amountFen, rounding }),
      article: CLASS_RULES[duesClass].article,
    }
    // All units of the data set collect into one account.
    this.payee = null
    this.paidAt = bill.paidAt?.toISOString() ?? null
    this.pendingTradeNo = bill.lines.find(({ openKey }) => openKey !== null)?.order.tradeNo ?? null
    this.can = { pay: bill.state === 'unpaid' }
  }
}

export class BillPageDto {
  @Type(() => BillDto)
  items: BillDto[]
  next: string | null
  unpaidFen: number
  unpaidCount: number

  constructor(page: BillPageDto) {
    Object.assign(this, page)
  }
}

@Injectable()
export class BillsService {
  constructor(@InjectRepository(Bill) private readonly bills: Repository<Bill>) {}

  async list(account: Account, { limit = 30 }: ListQuery): Promise<BillPageDto> {
    const memberId = account.binding?.memberId ?? ''
    // The table has no index by member but its key, which begins with the member's id.
    const id = Between(memberId, `${memberId}~`)
    const bills = await this.bills.find({
      where: { id },
      relations: { unit: true, lines: { order: true } },
      order: { id: 'DESC' },
      take: limit + 1,
    })
    const unpaid = await this.bills.find({ where: { id, state: 'unpaid' } })
    return new BillPageDto({
      items: bills.slice(0, limit).map((bill) => new BillDto(bill)),
      next: null,
      unpaidFen: unpaid.reduce((sum, { amountFen }) => sum + Number(amountFen), 0),
      unpaidCount: unpaid.length,
    })
  }
}

@Controller()
export class BillsController {
  constructor(private readonly bills: BillsService) {}

  @Get('healthz')
  health(): object {
    return { status: 'ok' }
  }

  @UseGuards(AuthGuard('jwt'))
  @Get('api/v1/me/bills')
  list(@Req() request: { user: Account }, @Query() query: ListQuery): Promise<BillPageDto> {
    return this.bills.list(request.user, query)
  }
}
