import { Injectable } from '@nestjs/common'
import type { MonthLine, Tile } from '../../../contracts/home/menu.js'
import { Access } from '../../../platform/access/access.js'
import type { Actor } from '../../../platform/access/actor.js'
import { ContributesToHome, type HomePart } from '../../home-part/index.js'
import { LedgerQueries } from './ledger.queries.js'

@Injectable()
@ContributesToHome()
export class LedgerHome implements HomePart {
  constructor(
    private readonly access: Access,
    private readonly queries: LedgerQueries,
  ) {}

  tileFor(actor: Actor): Tile | null {
    return this.access.maySomewhere(actor, 'dues.read') ? { kind: 'dues-ledger', title: '历月党费' } : null
  }

  async monthLineFor(actor: Actor, month: string): Promise<MonthLine | null> {
    if (!this.access.maySomewhere(actor, 'dues.read')) return null
    const totals = await this.queries.totals(this.access.scope(actor, 'dues.read'), month)
    return {
      kind: 'dues',
      title: '党费',
      sentence: sentenceOf(totals),
      done: totals.paidCount,
      total: totals.dueCount,
    }
  }
}

interface Totals {
  dueCount: number
  unpaidCount: number
  visitCount: number
}

/** 12人未缴，5人需上门 */
function sentenceOf({ dueCount, unpaidCount, visitCount }: Totals): string {
  if (dueCount === 0) return '还没有生成账单'
  if (unpaidCount === 0) return '已收齐'
  return visitCount > 0 ? `${unpaidCount}人未缴，${visitCount}人需上门` : `${unpaidCount}人未缴`
}
