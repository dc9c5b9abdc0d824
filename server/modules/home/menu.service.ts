import { Injectable } from '@nestjs/common'
import type { MonthPage, Tile } from '../../contracts/home/menu.js'
import type { Actor } from '../../platform/access/actor.js'
import { Clock } from '../../platform/config/clock.js'
import { HomeParts } from './home-parts.js'

/** 管理: the entries to the features, and how far each area has come this month. */
@Injectable()
export class Menu {
  constructor(
    private readonly parts: HomeParts,
    private readonly clock: Clock,
  ) {}

  tiles(actor: Actor): Tile[] {
    return this.parts.all().flatMap((part) => part.tileFor?.(actor) ?? [])
  }

  async month(actor: Actor): Promise<MonthPage> {
    const month = this.clock.month()
    const lines = await this.parts.ask((part) => part.monthLineFor?.(actor, month))
    return { month, lines: lines.filter((line) => line !== null) }
  }
}
