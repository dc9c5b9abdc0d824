import type { Actor } from '../../../server/platform/access/actor.js'
import { TokenCache } from '../../../server/platform/auth/token-cache.js'
import { Clock } from '../../../server/platform/config/clock.js'

const NOON = Date.parse('2026-11-21T04:00:00Z')
const LONG_AFTER = new Date(NOON + 3_600_000)

describe('Who was just looked at is trusted for seconds', () => {
  let now: number
  let cache: TokenCache

  beforeEach(() => {
    now = NOON
    const clock = new Clock()
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(now))
    cache = new TokenCache(clock)
  })

  const actor = (accountId: string): Actor => ({
    accountId,
    sessionId: `session of ${accountId}`,
    openid: `openid of ${accountId}`,
    membership: null,
    grants: [],
  })
  const lookAt = (accountId: string, expiresAt = LONG_AFTER) =>
    cache.set(`Bearer ${accountId}`, actor(accountId), expiresAt, cache.lookUp())
  const isTrusted = (accountId: string) => cache.get(`Bearer ${accountId}`)?.accountId === accountId

  it.each([
    [0, true],
    [4_999, true],
    [5_000, false],
    [60_000, false],
  ])('after %i ms: %s', (ms, expected) => {
    lookAt('chen')
    now += ms
    expect(isTrusted('chen')).toBe(expected)
  })

  it('others who come in between shorten nobody’s time, and nobody’s is lengthened', () => {
    lookAt('chen')
    now += 4_000
    lookAt('li')
    now += 999
    lookAt('wang')
    expect(['chen', 'li', 'wang'].map(isTrusted)).toEqual([true, true, true])
    now += 1
    lookAt('zhao')
    expect(['chen', 'li', 'wang', 'zhao'].map(isTrusted)).toEqual([false, true, true, true])
    now += 4_000
    lookAt('lyu')
    expect(['chen', 'li', 'wang', 'zhao', 'lyu'].map(isTrusted)).toEqual([false, false, true, true, true])
  })

  it('trust counts from when the look-up began, not from when it ended', () => {
    const began = cache.lookUp()
    now += 2_000
    cache.set('Bearer chen', actor('chen'), LONG_AFTER, began)
    now += 2_999
    expect(isTrusted('chen')).toBe(true)
    now += 1
    expect(isTrusted('chen')).toBe(false)
  })

  it('a token that ends sooner is trusted until its end', () => {
    lookAt('chen', new Date(NOON + 1_000))
    now += 999
    expect(isTrusted('chen')).toBe(true)
    now += 1
    expect(isTrusted('chen')).toBe(false)
  })

  it('who is forgotten is looked at again, however lately that was', () => {
    lookAt('chen')
    now += 4_900
    lookAt('li')
    now += 100
    lookAt('wang')
    cache.forget('li')
    cache.forget('wang')
    expect(['li', 'wang'].map(isTrusted)).toEqual([false, false])
  })

  it('what was looked up before somebody was forgotten is not kept', () => {
    const before = cache.lookUp()
    cache.forget('chen')
    cache.set('Bearer chen', actor('chen'), LONG_AFTER, before)
    expect(isTrusted('chen')).toBe(false)
  })

  it('an hour of sign-ins leaves no more behind than the last seconds', () => {
    for (let second = 0; second < 3_600; second++) {
      now += 1_000
      lookAt(`account ${second}`)
    }
    expect(cache.size).toBeLessThanOrEqual(11)
  })

  it('a crowd in the same second is bounded', () => {
    for (let person = 0; person < 50_000; person++) lookAt(`account ${person}`)
    expect(cache.size).toBeLessThanOrEqual(20_000)
    expect(isTrusted('account 49999')).toBe(true)
  })

  it('a crowd drives out who asked longest ago, not who is asking', () => {
    lookAt('chen')
    lookAt('li')
    for (let person = 0; person < 30_000; person++) {
      lookAt(`account ${person}`)
      if (person % 1_000 === 0) expect(isTrusted('chen')).toBe(true)
    }
    expect(isTrusted('li')).toBe(false)
  })
})
