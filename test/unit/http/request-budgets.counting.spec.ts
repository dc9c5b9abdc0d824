import fastify, { type FastifyInstance } from 'fastify'
import fc from 'fast-check'
import { addressKey } from '../../../server/platform/http/limits/address-key.rules.js'
import {
  generalBudgets,
  type Budget,
  type RouteLimits,
} from '../../../server/platform/http/limits/budgets.rules.js'
import { installLimits } from '../../../server/platform/http/limits/limit-hook.js'
import { Limits } from '../../../server/platform/http/limits/limits.js'
import { Metrics } from '../../../server/platform/http/metrics.js'

const dear: Budget = { name: 'dear', by: 'account', most: 3, seconds: 60 }
const apart: Budget = { name: 'apart', by: 'address', most: 3, seconds: 60 }

describe('the budgets of a request', () => {
  let server: FastifyInstance
  let spent: jest.SpiedFunction<Limits['spend']>

  beforeEach(() => {
    const limits = new Limits(undefined)
    spent = jest.spyOn(limits, 'spend')
    server = fastify()
    const general = generalBudgets({ perAddress: 6000, perAccount: 600 })
    installLimits(server, general, limits, (authorization) => authorization, new Metrics())
  })
  afterEach(() => server.close())

  const route = (method: 'GET' | 'POST', url: string, limits?: RouteLimits) =>
    server.route({ method, url, config: limits ? { limits } : {}, handler: () => 'done' })
  const ask = async (method: 'GET' | 'HEAD' | 'POST', url: string) => {
    spent.mockClear()
    const { statusCode } = await server.inject({ method, url, headers: { authorization: 'chen' } })
    return { statusCode, spent: spent.mock.calls.flatMap(([budgets]) => budgets.map(({ name }) => name)) }
  }

  it.each([
    ['says nothing', undefined, ['address', 'account']],
    ['is dear', { general: true, budgets: [dear] }, ['address', 'account', 'dear']],
    ['is called by programs', { general: false, budgets: [apart] }, ['apart']],
    ['is for monitors', { general: false, budgets: [] }, []],
  ])('of a route that %s', async (_, limits, names) => {
    route('GET', '/things/:id', limits)
    expect(await ask('GET', '/things/1')).toEqual({ statusCode: 200, spent: names })
    // Every GET also answers HEAD, at the same cost.
    expect(await ask('HEAD', '/things/1')).toEqual({ statusCode: 200, spent: names })
  })

  it('are those of every request where an address leads nowhere', async () => {
    expect(await ask('POST', '/nowhere')).toEqual({ statusCode: 404, spent: ['address', 'account'] })
  })

  it('are used up by routes that share one together, and by nobody else', async () => {
    route('GET', '/one', { general: true, budgets: [dear] })
    route('POST', '/other', { general: true, budgets: [dear] })
    route('GET', '/free')
    const statuses = []
    for (const [method, url] of [
      ['GET', '/one'],
      ['HEAD', '/one'],
      ['POST', '/other'],
      ['GET', '/one'],
      ['POST', '/other'],
      ['GET', '/free'],
    ] as const) {
      statuses.push((await ask(method, url)).statusCode)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429, 200])
  })

  it('of one name cannot be two: the server does not start', () => {
    route('GET', '/one', { general: true, budgets: [dear] })
    expect(() => route('GET', '/other', { general: true, budgets: [{ ...dear, most: 4 }] })).toThrow(
      'two budgets are called dear',
    )
  })
})

describe('what an address is counted under', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1', 'fe80:0:0:0'],
  ])('%s is %s', (address, key) => expect(addressKey(address)).toBe(key))

  it('whatever a subscriber chooses in the second half, and however it is written', () => {
    const group = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(
        fc.tuple(group, group, group, group),
        fc.tuple(group, group, group, group),
        (network, host) => {
          const long = [...network, ...host].map((value) => value.toString(16).padStart(4, '0')).join(':')
          const short = new URL(`http://[${long}]`).hostname.slice(1, -1)
          const expected = network.map((value) => value.toString(16)).join(':')
          expect(addressKey(long)).toBe(expected)
          expect(addressKey(short)).toBe(expected)
        },
      ),
    )
  })
})
