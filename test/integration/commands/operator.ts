import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import type { World } from '../../support/world.js'

/** Where `buildServer` puts the commands that `npm run found`, `grant` … run. */
const COMMANDS = resolve(__dirname, '../../.output/dist/server/commands')

export interface CommandResult {
  code: number
  /** What it printed. */
  out: string
  /** What it complained about. */
  complaint: string
}

/** An operator at the command line of the installation: each command is a process of its own on the same database. */
export class Operator {
  constructor(private readonly world: World) {}

  run(command: string, options: Record<string, string> = {}): Promise<CommandResult> {
    const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
    return new Promise((done) => {
      const child = execFile(
        process.execPath,
        [join(COMMANDS, `${command}.js`), ...given],
        { env: this.environment() },
        (_, out, complaint) => done({ code: child.exitCode ?? -1, out, complaint }),
      )
    })
  }

  /** The settings with which the server of this world runs. */
  private environment(): NodeJS.ProcessEnv {
    const { config, wechat } = this.world
    const { DATABASE_URL: _, ...inherited } = process.env
    return {
      ...inherited,
      ...(config.databaseUrl ? { DATABASE_URL: config.databaseUrl } : {}),
      ZHIBU_MODE: 'demonstration',
      DATA_DIR: config.dataDir,
      KEY_FILE: config.keyFile,
      SANDBOX_URL: wechat.baseUrl,
      WECHAT_APPID: config.wechat.appid,
      WECHAT_APP_SECRET: config.wechat.appSecret,
      WECHAT_API_URL: wechat.baseUrl,
      WECHAT_PAY_URL: wechat.baseUrl,
      WECHAT_PAY_CREDENTIALS: config.wechat.payCredentialFiles.join(','),
    }
  }
}
