import { hash, verify } from '@node-rs/argon2'
import { Injectable } from '@nestjs/common'
import type { ChoosePin, PinState } from '../../contracts/platform/pin.js'
import type { Actor } from '../access/actor.js'
import { Audit } from '../audit/audit.js'
import { Clock } from '../config/clock.js'
import { Database } from '../database/database.js'
import { fieldCipher } from '../database/encrypted-column.js'
import { Conflict, Forbidden, Invalid } from '../http/errors.js'
import { AccountPin } from './account-pin.entity.js'
import {
  easiness,
  minutesAfter,
  PIN_LOCK_MINUTES,
  PIN_PATTERN,
  PIN_TRIES,
  PIN_WINDOW_MINUTES,
} from './pin.rules.js'

const NOT_SET = '这一步要输入六位数字的操作密码，您还没有设置。请先到“我的”→“操作密码”里设置。'
const NEEDED = '这一步要输入六位数字的操作密码。'

/** The PIN with which somebody who holds a role confirms the gravest steps. */
@Injectable()
export class Pins {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async stateOf({ accountId, grants }: Actor): Promise<PinState> {
    const row = await this.find(accountId)
    return { mayHave: grants.length > 0, isSet: row !== null }
  }

  /** @throws Conflict when the account holds no role; Invalid when the PIN is easy to guess; Forbidden for a wrong old one */
  async choose(actor: Actor, { pin, oldPin }: ChoosePin): Promise<PinState> {
    if (actor.grants.length === 0) {
      throw new Conflict('pin.no-role', '操作密码是有工作角色的同志用的，您现在不用设置。')
    }
    const reason = easiness(pin)
    if (reason !== null) {
      throw new Invalid('pin.easy', `没有设置：${reason}，太容易被猜到，请换一个。`, [
        { field: 'pin', message: `${reason}，请换一个` },
      ])
    }
    const { accountId } = actor
    const known = await this.find(accountId)
    if (known) await this.check(accountId, oldPin ?? undefined)
    const hashed = await hash(keyed(accountId, pin))
    await this.database.transaction(async () => {
      const pins = this.database.repository(AccountPin)
      // Whoever set it meanwhile has set it: only a PIN that was checked is replaced.
      if (known) await pins.update({ accountId, hash: known.hash }, { hash: hashed, setAt: this.clock.now() })
      else
        await pins.insert({
          ...{ accountId, hash: hashed, setAt: this.clock.now() },
          ...{ tries: 0, windowStartedAt: null, lockedUntil: null },
        })
      await this.audit.record('pin.set', { actorId: accountId, unitId: null, subjectId: accountId })
    })
    return this.stateOf(actor)
  }

  /** Takes a PIN away that was forgotten; its owner sets a new one. @returns false when there was none */
  async clear(
    accountId: string,
    { document = null, ...by }: { actorId: string | null; unitId: string | null; document?: string | null },
  ): Promise<boolean> {
    return this.database.transaction(async () => {
      const { affected } = await this.database.repository(AccountPin).delete({ accountId })
      if (!affected) return false
      await this.audit.record('pin.cleared', { ...by, subjectId: accountId, data: { document } })
      return true
    })
  }

  /**
   * Passes for the right PIN. Each try is counted before it is checked, so that tries at the same time count too.
   * @throws Forbidden `pin.needed`, `pin.wrong` with the tries that are left; Conflict `pin.not-set`, `pin.locked`
   */
  async check(accountId: string, pin: string | undefined): Promise<void> {
    const row = await this.find(accountId)
    if (!row) throw new Conflict('pin.not-set', NOT_SET)
    if (pin === undefined || !PIN_PATTERN.test(pin)) throw new Forbidden('pin.needed', NEEDED)
    // Apart: the count stays when the command is refused, and belongs to no command.
    await this.database.apart(async () => {
      if (!(await this.count(accountId))) throw await this.locked(accountId)
      if (await verify(row.hash, keyed(accountId, pin))) return this.forget(accountId)
      throw await this.wrong(accountId)
    })
  }

  /** @returns false when the PIN is locked */
  private count(accountId: string): Promise<boolean> {
    const now = this.clock.now()
    const since = minutesAfter(now, -PIN_WINDOW_MINUTES)
    return this.database.compareAndSet(
      `UPDATE account_pin SET
         tries = CASE WHEN windowStartedAt IS NULL OR windowStartedAt <= ? THEN 1 ELSE tries + 1 END,
         lockedUntil = NULL,
         windowStartedAt = CASE WHEN windowStartedAt IS NULL OR windowStartedAt <= ? THEN ? ELSE windowStartedAt END
       WHERE accountId = ? AND (lockedUntil IS NULL OR lockedUntil <= ?)
         AND (tries < ${PIN_TRIES} OR windowStartedAt IS NULL OR windowStartedAt <= ?)`,
      [since, since, now, accountId, now, since],
    )
  }

  private async forget(accountId: string): Promise<void> {
    await this.database.execute(
      'UPDATE account_pin SET tries = 0, windowStartedAt = NULL, lockedUntil = NULL WHERE accountId = ?',
      [accountId],
    )
  }

  private async wrong(accountId: string): Promise<Error> {
    const left = PIN_TRIES - ((await this.find(accountId))?.tries ?? 0)
    if (left > 0) return new Forbidden('pin.wrong', `操作密码不对，还可以试 ${left} 次。`)
    const lockedUntil = minutesAfter(this.clock.now(), PIN_LOCK_MINUTES)
    await this.database.transaction(async () => {
      await this.database
        .repository(AccountPin)
        .update({ accountId }, { lockedUntil, windowStartedAt: null, tries: 0 })
      await this.audit.record('pin.locked', { actorId: accountId, unitId: null, subjectId: accountId })
    })
    return this.locked(accountId)
  }

  private async locked(accountId: string): Promise<Error> {
    const until =
      (await this.find(accountId))?.lockedUntil ?? minutesAfter(this.clock.now(), PIN_LOCK_MINUTES)
    const minutes = Math.max(1, Math.ceil((until.getTime() - this.clock.now().getTime()) / 60_000))
    return new Conflict(
      'pin.locked',
      `操作密码输错太多次，请 ${minutes} 分钟后再试。忘记了请另一位管理员帮您清除。`,
    )
  }

  private find(accountId: string): Promise<AccountPin | null> {
    return this.database.repository(AccountPin).findOneBy({ accountId })
  }
}

/** Keyed with a secret outside of the database, because a million PINs are tried in hours. */
const keyed = (accountId: string, pin: string): string =>
  fieldCipher().blindIndex('account.pin', `${accountId}/${pin}`)
