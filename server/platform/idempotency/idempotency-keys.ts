import { Injectable } from '@nestjs/common'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { isDuplicate } from '../database/errors.js'
import { newId } from '../database/ids.js'
import { Conflict } from '../http/errors.js'
import { IdempotencyKey } from './idempotency-key.entity.js'
import { HELD_MS, KEPT_MS } from './idempotency.rules.js'

/** An attempt that holds its key. */
export interface Held {
  id: string
  attempt: number
}

export interface KeptAnswer {
  status: number
  body: unknown
}

/** The rows of keys. Every change is a compare-and-set on state and attempt, so of two processes only one succeeds. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes the key for an attempt, or returns the kept answer of an earlier one.
   * @throws Conflict `request.still-running`, `request.key-reused` or `request.already-done`
   */
  async take(accountId: string, key: string, contentHash: string): Promise<Held | KeptAnswer> {
    const now = this.clock.now()
    const id = newId()
    try {
      await this.database.repository(IdempotencyKey).insert({
        id,
        accountId,
        key,
        contentHash,
        state: 'running',
        attempt: 1,
        heldUntil: new Date(now.getTime() + HELD_MS),
        status: null,
        answer: null,
        openedAt: now,
        expiresAt: new Date(now.getTime() + KEPT_MS),
      })
      return { id, attempt: 1 }
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
    const row = await this.database.repository(IdempotencyKey).findOneBy({ accountId, key })
    if (!row) throw stillRunning()
    const isOver = row.expiresAt <= now
    const isAbandoned = row.state === 'running' && row.heldUntil <= now
    if (isOver || isAbandoned) return this.takeOver(row, contentHash)
    if (row.contentHash !== contentHash) throw new Conflict('request.key-reused', KEY_REUSED)
    if (row.state === 'running') throw stillRunning()
    if (row.status === null || row.answer === null) throw new Conflict('request.already-done', ALREADY_DONE)
    return { status: row.status, body: JSON.parse(row.answer) as unknown }
  }

  /**
   * Call it inside the command's transaction: the commit of that transaction uses the key up.
   * @throws Conflict when another attempt has taken the key over, so that this one is rolled back
   */
  async commit({ id, attempt }: Held): Promise<void> {
    const isOurs = await this.database.compareAndSet(
      `UPDATE idempotency_key SET state = 'committed' WHERE id = ? AND attempt = ? AND state = 'running'`,
      [id, attempt],
    )
    if (isOurs) return
    // A command may have several transactions. Then an earlier one of this same attempt has set `committed`.
    const isMarked = await this.database
      .repository(IdempotencyKey)
      .existsBy({ id, attempt, state: 'committed' })
    if (!isMarked) throw stillRunning()
  }

  /** Keeps the answer of a command, also of one that wrote nothing. A repeated request gets the same answer. */
  async keep({ id, attempt }: Held, { status, body }: KeptAnswer): Promise<void> {
    await this.database
      .repository(IdempotencyKey)
      .update({ id, attempt }, { state: 'answered', status, answer: JSON.stringify(body ?? null) })
  }

  /** Deletes the key when nothing was committed under it. @returns false when something was committed */
  release({ id, attempt }: Held): Promise<boolean> {
    return this.database.compareAndSet(
      `DELETE FROM idempotency_key WHERE id = ? AND attempt = ? AND state = 'running'`,
      [id, attempt],
    )
  }

  private async takeOver({ id, attempt, state }: IdempotencyKey, contentHash: string): Promise<Held> {
    const now = this.clock.now().getTime()
    const isOurs = await this.database.compareAndSet(
      `UPDATE idempotency_key SET state = 'running', attempt = attempt + 1, contentHash = ?, status = NULL,
              answer = NULL, openedAt = ?, heldUntil = ?, expiresAt = ?
       WHERE id = ? AND attempt = ? AND state = ?`,
      [contentHash, new Date(now), new Date(now + HELD_MS), new Date(now + KEPT_MS), id, attempt, state],
    )
    if (!isOurs) throw stillRunning()
    return { id, attempt: attempt + 1 }
  }
}

const KEY_REUSED = '这个编号已经用来提交过别的内容。请返回上一页，重新填写后提交。'
const ALREADY_DONE = '这次操作已经完成，请刷新查看。'

const stillRunning = () => new Conflict('request.still-running', '上一次提交还在处理，请稍候再看结果。')
