import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  generalBudgets,
  type Budget,
  type RouteLimits,
} from '../../server/platform/http/limits/budgets.rules.js'
import { World } from '../support/world.js'

/** Written by hand: every route that is counted in another way than the rest. */
const BUDGETS: Record<string, string> = {
  'POST /api/v1/sessions': 'sign-in',
  'POST /api/v1/bindings': 'phone-number',
  'POST /api/v1/bindings/:id/name': 'name-guess',
  'POST /api/v1/payments': 'order',
  'GET /api/v1/payments/:tradeNo': 'order-question',
  'HEAD /api/v1/payments/:tradeNo': 'order-question',
  'DELETE /api/v1/payments/:tradeNo': 'order-question',
  'POST /api/v1/roster-imports': 'upload',
  'GET /api/v1/roster-imports/:id/refused-rows': 'workbook',
  'HEAD /api/v1/roster-imports/:id/refused-rows': 'workbook',
  'GET /api/v1/dues-ledger/workbook': 'workbook',
  'HEAD /api/v1/dues-ledger/workbook': 'workbook',
  'GET /api/v1/dues-ledger/document': 'workbook',
  'HEAD /api/v1/dues-ledger/document': 'workbook',
  'POST /api/v1/members/:id/disclosures': 'disclosure',
  'POST /api/v1/payment-notifications/:mchid': 'payment-notification alone',
  'GET /healthz': 'none',
  'HEAD /healthz': 'none',
  'GET /readyz': 'none',
  'HEAD /readyz': 'none',
  'GET /metrics': 'none',
  'HEAD /metrics': 'none',
}

describe('the budgets of the routes', () => {
  let world: World
  const routes = new Map<string, RouteLimits | undefined>()

  beforeAll(async () => {
    world = await World.open(undefined, {
      // The limits themselves are on, so that the server checks what it is told at its start.
      configure: (config) => {
        config.limits = { perAddress: 6000, perAccount: 600 }
      },
      extension: () => ({
        install: (app) => {
          app
            .getHttpAdapter()
            .getInstance()
            .addHook('onRoute', ({ method, url, config }) => {
              for (const each of [method].flat()) routes.set(`${each} ${url}`, config?.limits)
            })
          return Promise.resolve()
        },
      }),
    })
  })
  afterAll(() => world.close())

  const namesOf = ({ general, budgets }: RouteLimits) =>
    budgets.length === 0
      ? general || 'none'
      : `${budgets.map(({ name }) => name).join(' ')}${general ? '' : ' alone'}`
  const limited = () => [...routes].flatMap(([route, limits]) => (limits ? [{ route, limits }] : []))

  it('are these, and every other route has those of every request', () => {
    expect(routes.size).toBeGreaterThan(60)
    expect(Object.fromEntries(limited().map(({ route, limits }) => [route, namesOf(limits)]))).toEqual(
      BUDGETS,
    )
  })

  it('are narrower than those of every request where a route is dear', () => {
    const [address, account] = generalBudgets({ perAddress: 6000, perAccount: 600 })
    if (!address || !account) throw new Error('the general budgets are missing')
    const rate = ({ most, seconds }: Budget) => most / seconds
    for (const { limits } of limited().filter(({ limits }) => limits.general)) {
      for (const budget of limits.budgets) {
        expect(rate(budget)).toBeLessThan(rate(budget.by === 'address' ? address : account))
      }
    }
  })

  it('stand in docs/interfaces.md as they are', () => {
    const text = readFileSync(resolve(__dirname, '../../docs/interfaces.md'), 'utf8')
    const written = [
      ...text.matchAll(/^ *\| (.*`(?:GET|POST|PUT|DELETE) .*`.*?) *\| (\d+ (?:a minute|in ).*?) *\|$/gm),
    ]
    const rows = new Map<Budget, string[]>()
    for (const { route, limits } of limited()) {
      const [budget] = limits.budgets
      if (!budget || !limits.general || route.startsWith('HEAD ')) continue
      rows.set(budget, [...(rows.get(budget) ?? []), `\`${route.replace('/api/v1', '')}\``])
    }
    expect(
      written.map(([, what, budget]) => `${what?.split(', ').sort().join(', ')}: ${budget}`).sort(),
    ).toEqual([...rows].map(([budget, names]) => `${names.sort().join(', ')}: ${inWords(budget)}`).sort())
  })
})

function inWords({ most, seconds, by }: Budget): string {
  const time = { 60: 'a minute', 600: 'in ten minutes' }[seconds] ?? `in ${seconds} seconds`
  return `${most} ${time}${by === 'address' ? ' for an address' : ''}`
}
