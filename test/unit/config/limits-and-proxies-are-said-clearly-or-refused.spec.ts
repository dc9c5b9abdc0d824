import { ConfigError, readConfig, type Config } from '../../../server/platform/config/config.js'

const PRODUCTION = {
  DATABASE_URL: 'mysql://zhibu:x@127.0.0.1:3306/zhibu',
  PUBLIC_URL: 'https://dangjian.example.gov.cn',
  WECHAT_APPID: 'wx0000000000000000',
  WECHAT_APP_SECRET: 'secret',
  WECHAT_PAY_CREDENTIALS: '/etc/zhibu/merchant.json',
}

function problemsOf(settings: Record<string, string>): string[] {
  try {
    readConfig({ ...PRODUCTION, ...settings })
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
  }
}

describe('settings of limits and proxies', () => {
  const read = (settings: Record<string, string> = {}): Config => readConfig({ ...PRODUCTION, ...settings })

  it('are safe when nothing is said: limits on, and only a proxy on the same machine is believed', () => {
    expect(read()).toMatchObject({
      limits: { perAddress: 6000, perAccount: 600 },
      redisUrl: undefined,
      trustedProxies: ['loopback'],
      requestSeconds: 300,
    })
  })

  it.each([
    ['none', []],
    ['1', 1],
    ['loopback', ['loopback']],
    ['10.0.0.5', ['10.0.0.5']],
    ['10.0.0.5, 192.168.0.0/16,fd00::/8', ['10.0.0.5', '192.168.0.0/16', 'fd00::/8']],
  ])('TRUSTED_PROXIES=%s', (value, expected) => {
    expect(read({ TRUSTED_PROXIES: value }).trustedProxies).toEqual(expected)
  })

  it.each([
    ['TRUSTED_PROXIES', 'true'],
    ['TRUSTED_PROXIES', '*'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '::/0'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0'],
    ['TRUSTED_PROXIES', '9'],
    ['TRUSTED_PROXIES', 'proxy.example.org'],
    ['LIMIT_PER_ADDRESS', '10'],
    ['LIMIT_PER_ADDRESS', '99999999'],
    ['LIMIT_PER_ACCOUNT', '5'],
    ['LIMIT_PER_ACCOUNT', 'many'],
    ['LIMITS', 'off'],
    ['REDIS_URL', '127.0.0.1:6379'],
    ['REQUEST_SECONDS', '0'],
  ])('%s=%s does not start in production', (name, value) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(name)
  })

  it('tests and measurements may switch limits off', () => {
    const demonstration = { ...PRODUCTION, ZHIBU_MODE: 'demonstration', SANDBOX_URL: 'http://127.0.0.1:1' }
    expect(readConfig({ ...demonstration, LIMITS: 'off' }).limits).toBeUndefined()
    expect(readConfig(demonstration)).toMatchObject({ limits: { perAddress: 6000 }, trustedProxies: [] })
  })
})
