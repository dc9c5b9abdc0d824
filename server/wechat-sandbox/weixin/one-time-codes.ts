import { randomHex } from '../state/random-text.js'
import type { Clock } from '../state/clock.js'
import type { OneTimeCode, Person, SandboxState } from '../state/sandbox-state.js'
import { UNDOCUMENTED } from '../undocumented.js'
import { invalidCode } from './api-error.js'

/** The documented lifetime of a phone code. */
const PHONE_CODE_LIFETIME_MS = 5 * 60_000

/** Codes that the phone receives and the server exchanges. Each can be exchanged once. */
export class OneTimeCodes {
  constructor(
    private readonly state: SandboxState,
    private readonly now: Clock,
  ) {}

  /** The code that wx.login gives to the page. */
  issueLoginCode(person: Person): string {
    return this.issue({
      code: randomHex(32),
      kind: 'login',
      openid: person.openid,
      expiresAt: this.now() + UNDOCUMENTED.loginCodeLifetimeMs,
    })
  }

  /** The code that the phone-number button gives to the page. */
  issuePhoneCode(person: Person, phone: string): string {
    return this.issue({
      code: randomHex(64),
      kind: 'phone',
      openid: person.openid,
      phone,
      expiresAt: this.now() + PHONE_CODE_LIFETIME_MS,
    })
  }

  /** Finds a code without using it up. @throws WeixinApiError 40029 when it is unknown, used, expired or of the other kind. */
  peek(kind: OneTimeCode['kind'], code: string): OneTimeCode {
    const known = this.state.codes.get(code)
    if (!known || known.kind !== kind || known.expiresAt <= this.now()) throw invalidCode()
    return known
  }

  use(code: OneTimeCode): void {
    this.state.codes.delete(code.code)
  }

  private issue(code: OneTimeCode): string {
    for (const [key, old] of this.state.codes) {
      if (old.expiresAt <= this.now()) this.state.codes.delete(key)
    }
    this.state.codes.set(code.code, code)
    return code.code
  }
}
