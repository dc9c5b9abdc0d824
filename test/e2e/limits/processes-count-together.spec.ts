import { setTimeout as pause } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import request from 'supertest'
import type { Readiness } from '../../../server/contracts/platform/health.js'
import { describeWithRedis, ThrowAwayRedis } from '../../support/redis.js'
import { NOON, openVillage, type Village } from '../../support/village.js'

const PER_ADDRESS = 20
const PER_ACCOUNT = 12
const NOTICED_WITHIN_MS = 15_000

describeWithRedis('two processes with one Redis count together', () => {
  const redis = new ThrowAwayRedis()
  let village: Village
  let urls: [string, string]
  let closeOther: () => Promise<void>
  const warned = jest.spyOn(Logger.prototype, 'warn')

  beforeAll(async () => {
    await redis.start()
    village = await openVillage(undefined, {
      configure: (config) => {
        config.limits = { perAddress: PER_ADDRESS, perAccount: PER_ACCOUNT }
        config.trustedProxies = ['loopback']
        config.redisUrl = redis.url
      },
    })
    const other = await village.world.anotherServer(NOON)
    urls = [village.world.baseUrl, other.baseUrl]
    closeOther = other.close
    await shared(true)
  })
  afterAll(async () => {
    await closeOther?.()
    await village?.world.close()
    await redis.dispose()
  })

  const ask = (process: 0 | 1, address: string) =>
    request(urls[process]).get('/api/v1/privacy-statement').set('x-forwarded-for', address)
  /** Asks both in turn. @returns how many were answered */
  const answered = async (address: string, times: number) => {
    let count = 0
    for (let n = 0; n < times; n++) {
      const { status } = await ask(n % 2 === 0 ? 0 : 1, address)
      expect([200, 429]).toContain(status)
      if (status === 200) count++
    }
    return count
  }
  const gauge = async (url: string) => {
    const { text } = await request(url).get('/metrics').expect(200)
    return /zhibu_limits_shared (\d)/.exec(text)?.[1]
  }
  /** Waits until both processes have noticed that Redis is there, or that it is not. */
  const shared = async (expected: boolean) => {
    const deadline = Date.now() + NOTICED_WITHIN_MS
    for (const url of urls) {
      while ((await gauge(url)) !== (expected ? '1' : '0')) {
        if (Date.now() > deadline) throw new Error(`not noticed: Redis ${expected ? 'is there' : 'is gone'}`)
        await pause(20)
      }
    }
  }
  const redisCheck = async () => {
    const answer = await request(urls[0]).get('/readyz').expect(200)
    return (answer.body as Readiness).checks.find(({ name }) => name === 'redis')
  }

  it('what one has let through, the other does not let through again', async () => {
    expect(await answered('203.0.113.1', PER_ADDRESS * 2)).toBe(PER_ADDRESS)
    await ask(0, '203.0.113.2').expect(200)
  })

  it('a person is one person on both, whatever address they have', async () => {
    const chen = await village.as('chen')
    const statuses: number[] = []
    for (let n = 0; n < PER_ACCOUNT * 2; n++) {
      const answer = await request(urls[n % 2 === 0 ? 0 : 1])
        .get('/api/v1/me')
        .set({ authorization: `Bearer ${chen.token}`, 'x-forwarded-for': `192.0.2.${n}` })
      statuses.push(answer.status)
    }
    const expected = Array.from({ length: PER_ACCOUNT * 2 }, (_, n) => (n < PER_ACCOUNT ? 200 : 429))
    expect(statuses).toEqual(expected)
  })

  it('readiness lists it', async () => {
    expect(await redisCheck()).toEqual({ name: 'redis', ok: true, detail: 'answers' })
  })

  it('killed in the middle: requests go on and are counted here, it is said once, and back again it is used again', async () => {
    warned.mockClear()
    expect(await answered('203.0.113.3', 4)).toBe(4)
    await redis.kill()
    // The first of these still runs into the broken connection.
    expect(await answered('203.0.113.3', PER_ADDRESS * 3)).toBe(PER_ADDRESS * 2)
    await shared(false)
    expect(await redisCheck()).toMatchObject({ ok: false })
    const said = warned.mock.calls.filter(([message]) => /Redis/.test(String(message)))
    // Once for each process, not once for each request.
    expect(said).toHaveLength(2)

    await redis.start()
    await shared(true)
    expect(await answered('203.0.113.4', PER_ADDRESS * 2)).toBe(PER_ADDRESS)
    expect(await redisCheck()).toMatchObject({ ok: true })
  })

  it('frozen in the middle: a request waits a moment at most, then it is answered without Redis', async () => {
    redis.freeze()
    const statuses = await Promise.all(
      Array.from({ length: 6 }, (_, n) => ask(n % 2 === 0 ? 0 : 1, '203.0.113.5')),
    )
    expect(statuses.map(({ status }) => status)).toEqual(statuses.map(() => 200))
    redis.goOn()
    await shared(true)
    expect(await answered('203.0.113.6', PER_ADDRESS * 2)).toBe(PER_ADDRESS)
  })
})
