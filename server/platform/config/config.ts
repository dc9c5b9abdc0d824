import { isIP } from 'node:net'
import { join, resolve } from 'node:path'

export type Mode = 'demonstration' | 'production'

/** All settings, parsed once at the start. Other code does not read the environment. */
export class Config {
  mode: Mode
  /** TCP port the server listens on. */
  port: number
  /** Address it listens on. */
  host: string
  /** Folder for the embedded database, keys and files. */
  dataDir: string
  databaseUrl: string | undefined
  databasePoolSize: number
  /** Path of the file with the keys for field encryption, blind index and token signatures. */
  keyFile: string
  /** The public address of this server for WeChat and browsers, without a trailing slash. */
  publicUrl: string
  /** Lifetime of an access token in seconds. */
  accessSeconds: number
  /** Lifetime of a session in seconds after its last refresh. */
  sessionSeconds: number
  /** Longest lifetime of a session in seconds, even when it is refreshed. */
  sessionLongestSeconds: number
  logLevel: string
  /** Rate limits; undefined switches them off, for tests and measurements only. */
  limits: { perAddress: number; perAccount: number } | undefined
  /** Redis in which several processes count requests together. When undefined, each process counts alone. */
  redisUrl: string | undefined
  /** The proxies whose `X-Forwarded-For` is trusted: addresses and ranges, or the number of proxies in front. */
  trustedProxies: string[] | number
  /** Seconds within which a whole request must arrive. */
  requestSeconds: number
  /** Whether jobs, outbox relay and scheduler run in this process. Tests call them directly. */
  background: boolean
  wechat: {
    appid: string
    appSecret: string
    /** Base address of WeChat's server API. */
    apiUrl: string
    /** Base address of WeChat Pay. */
    payUrl: string
    /** One credentials file for each merchant account. */
    payCredentialFiles: string[]
  }
  /** Present in demonstration mode only. */
  demonstration: { sandboxUrl: string } | undefined
}

export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`配置有 ${problems.length} 处需要改正：\n${problems.map((problem) => `  · ${problem}`).join('\n')}`)
  }
}

type Environment = Record<string, string | undefined>

/** @throws ConfigError with every setting that is missing or malformed */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const mode: Mode = env['ZHIBU_MODE'] === 'demonstration' ? 'demonstration' : 'production'
  if (env['ZHIBU_MODE'] && !['demonstration', 'production'].includes(env['ZHIBU_MODE'])) {
    problems.push('ZHIBU_MODE 只能是 production 或 demonstration')
  }
  const whole = (name: string, initial: number, least: number, most: number): number => {
    const value = env[name] === undefined || env[name] === '' ? initial : Number(env[name])
    if (!Number.isInteger(value) || value < least || value > most) {
      problems.push(`${name} 应是 ${least} 到 ${most} 之间的整数`)
    }
    return value
  }
  const needed = (name: string, what: string): string => {
    const value = env[name] ?? ''
    if (!value) problems.push(`缺少 ${name}（${what}）`)
    return value
  }
  const dataDir = resolve(env['DATA_DIR'] || 'data')
  const port = whole('PORT', 3000, 0, 65_535)
  const isProduction = mode === 'production'
  const config = Object.assign(new Config(), {
    mode,
    port,
    host: env['HOST'] || (isProduction ? '0.0.0.0' : '127.0.0.1'),
    dataDir,
    databaseUrl: isProduction
      ? needed('DATABASE_URL', '数据库地址，例如 mysql://用户:密码@主机:3306/zhibu') || undefined
      : env['DATABASE_URL'] || undefined,
    databasePoolSize: whole('DATABASE_POOL_SIZE', 10, 1, 200),
    keyFile: resolve(env['KEY_FILE'] || join(dataDir, 'keys', 'keys.json')),
    publicUrl: (isProduction
      ? needed('PUBLIC_URL', '微信支付通知和小程序访问的 https 地址')
      : env['PUBLIC_URL'] || `http://127.0.0.1:${port}`
    ).replace(/\/$/, ''),
    accessSeconds: whole('ACCESS_SECONDS', 15 * 60, 60, 24 * 3600),
    sessionSeconds: whole('SESSION_SECONDS', 7 * 24 * 3600, 300, 30 * 24 * 3600),
    sessionLongestSeconds: whole('SESSION_LONGEST_SECONDS', 90 * 24 * 3600, 300, 366 * 24 * 3600),
    logLevel: env['LOG_LEVEL'] || 'info',
    limits:
      env['LIMITS'] === 'off'
        ? undefined
        : {
            perAddress: whole('LIMIT_PER_ADDRESS', 6000, 600, 1_000_000),
            perAccount: whole('LIMIT_PER_ACCOUNT', 600, 60, 100_000),
          },
    redisUrl: env['REDIS_URL'] || undefined,
    trustedProxies: trustedProxies(env['TRUSTED_PROXIES'] || (isProduction ? 'loopback' : 'none'), problems),
    // Long enough for a file of 32 MiB on a slow connection. The phone gives up first, after four minutes.
    requestSeconds: whole('REQUEST_SECONDS', 300, 10, 600),
    background: env['BACKGROUND'] !== 'off',
    wechat: {
      appid: needed('WECHAT_APPID', '小程序的 AppID'),
      appSecret: needed('WECHAT_APP_SECRET', '小程序的 AppSecret'),
      apiUrl: (env['WECHAT_API_URL'] || 'https://api.weixin.qq.com').replace(/\/$/, ''),
      payUrl: (env['WECHAT_PAY_URL'] || 'https://api.mch.weixin.qq.com').replace(/\/$/, ''),
      payCredentialFiles: needed('WECHAT_PAY_CREDENTIALS', '微信支付商户凭据文件，多个用逗号分开')
        .split(',')
        .map((file) => file.trim())
        .filter(Boolean),
    },
    demonstration: isProduction ? undefined : { sandboxUrl: needed('SANDBOX_URL', '微信沙箱的地址') },
  } satisfies Config)
  if (config.sessionLongestSeconds < config.sessionSeconds) {
    problems.push('SESSION_LONGEST_SECONDS 不能小于 SESSION_SECONDS')
  }
  if (config.redisUrl && !/^(rediss?|unix):\/\//.test(config.redisUrl)) {
    problems.push('REDIS_URL 应以 redis://、rediss:// 或 unix:// 开头')
  }
  if (isProduction) problems.push(...demonstrationSettings(env, config))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

/** Finds settings that are not allowed in production: the sandbox, test settings and unencrypted addresses. */
function demonstrationSettings(env: Environment, config: Config): string[] {
  const problems: string[] = []
  if (env['SANDBOX_URL']) problems.push('SANDBOX_URL 只用于演示，请删除')
  if (env['CRASH_POINT_FILE']) problems.push('CRASH_POINT_FILE 只用于测试，请删除')
  if (config.publicUrl && !config.publicUrl.startsWith('https://')) {
    problems.push('PUBLIC_URL 必须以 https:// 开头')
  }
  for (const [name, url] of [
    ['WECHAT_API_URL', config.wechat.apiUrl],
    ['WECHAT_PAY_URL', config.wechat.payUrl],
  ] as const) {
    if (!url.startsWith('https://')) problems.push(`${name} 指向演示用的微信沙箱，请删除或改为 https 地址`)
  }
  if (!config.background) problems.push('BACKGROUND=off 只用于测试，请删除')
  if (!config.limits) problems.push('LIMITS=off 只用于测试，请删除')
  return problems
}

/** Names of address ranges that the proxy library knows. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal']
const MOST_PROXIES = 5

/** Reads `none`, a number of proxies, or a comma-separated list of addresses, ranges and range names. */
function trustedProxies(value: string, problems: string[]): string[] | number {
  if (value === 'none') return []
  const count = Number(value)
  if (Number.isInteger(count) && count >= 1 && count <= MOST_PROXIES) return count
  const parts = value.split(',').map((part) => part.trim())
  if (parts.every((part) => NAMED_RANGES.includes(part) || isAddressOrRange(part))) return parts
  problems.push(
    `TRUSTED_PROXIES 应是 none、1 到 ${MOST_PROXIES} 的层数，或用英文逗号分开的代理地址（如 10.0.0.5,192.168.0.0/16）`,
  )
  return []
}

function isAddressOrRange(part: string): boolean {
  const [address = '', bits, ...more] = part.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  // A very wide range would let any client choose the address that it appears to come from.
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}
