import { Injectable } from '@nestjs/common'
import { In } from 'typeorm'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { Conflict } from '../http/errors.js'
import { ApprovalRequestRecord } from './approval-request.entity.js'

/** Who ended a request, and with which words. */
export interface Ending {
  decidedBy: string | null
  deciderName: string | null
  opinion: string | null
  document?: string
}

/** Ends requests that wait, each once. */
@Injectable()
export class RequestEndings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Locks the rows until the transaction ends. @returns those that still wait
   * @throws Conflict when none does
   */
  async lockWaiting(rows: readonly ApprovalRequestRecord[]): Promise<ApprovalRequestRecord[]> {
    const ids = rows.map(({ id }) => id)
    await this.database.lock(ApprovalRequestRecord, ids)
    const locked = await this.database
      .repository(ApprovalRequestRecord)
      .find({ where: { id: In(ids), state: 'waiting' }, order: { id: 'ASC' } })
    const now = this.clock.now()
    const waiting = locked.filter(({ lapsesAt }) => lapsesAt > now)
    if (waiting.length === 0) {
      throw new Conflict('approval.decided-meanwhile', '这项申请已经处理过了，请刷新后再看。')
    }
    return waiting
  }

  /** Call it with rows that this transaction has locked. */
  async end(
    rows: readonly ApprovalRequestRecord[],
    state: 'approved' | 'refused' | 'withdrawn' | 'lapsed',
    ending: Ending,
  ): Promise<void> {
    await this.database
      .repository(ApprovalRequestRecord)
      .update(
        { id: In(rows.map(({ id }) => id)) },
        { state, openKey: null, decidedAt: this.clock.now(), ...ending },
      )
  }
}
