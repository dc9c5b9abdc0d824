import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './bench.js'
import { databaseOf } from './data-set.js'
import { MariadbInstance } from './mariadb-instance.js'
import { PRODUCTION_NODE_FLAGS, productionEnvironment } from './production-environment.js'
import { ServerProcess } from './server-process.js'

/** The data set with its database running, and servers on it as they are asked for. */
export class Installation {
  private readonly servers: ServerProcess[] = []

  private constructor(
    readonly mariadb: MariadbInstance,
    private readonly world: World,
    private readonly keyFile: string,
    private readonly copy: string | undefined,
  ) {}

  /** For reading: what signing in leaves behind is swept out. */
  static async open(world: World): Promise<Installation> {
    const { folder, keyFile } = await world.dataSet()
    return new Installation(await MariadbInstance.start(folder), world, keyFile, undefined)
  }

  /** A copy to write to, gone afterwards. */
  static async copy(world: World): Promise<Installation> {
    const { folder, keyFile } = await world.dataSet()
    const copy = `${folder}.copy`
    rmSync(copy, { recursive: true, force: true })
    world.say('  copying the data set')
    execFileSync('cp', ['--archive', '--reflink=auto', folder, copy])
    return new Installation(await MariadbInstance.start(copy), world, keyFile, copy)
  }

  /** The product, as production runs it. */
  product(memberCount: number): Promise<ServerProcess> {
    const { mariadb, keyFile, world } = this
    const database = databaseOf(memberCount)
    return this.start(
      'server/main.js',
      productionEnvironment({ mariadb, database, keyFile, wechat: world.wechat, folder: world.folder }),
      PRODUCTION_NODE_FLAGS,
    )
  }

  /** Something to compare it with, which is told where the data and the keys are. */
  rival(script: string, memberCount: number): Promise<ServerProcess> {
    const { token } = JSON.parse(readFileSync(this.keyFile, 'utf8')) as { token: string }
    const { publicKeyPem, apiV3Key } = this.world.wechat.verification
    return this.start(script, {
      SOCKET: this.mariadb.socket,
      DATABASE: databaseOf(memberCount),
      TOKEN_KEY: token,
      WECHAT_PUBLIC_KEY: publicKeyPem,
      API_V3_KEY: apiV3Key,
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()))
    if (!this.copy) await this.sweep()
    await this.mariadb.stop()
    if (this.copy) rmSync(this.copy, { recursive: true, force: true })
  }

  private async start(
    script: string,
    environment: NodeJS.ProcessEnv,
    nodeFlags: readonly string[] = [],
  ): Promise<ServerProcess> {
    const log = join(this.world.folder, `${script.replaceAll('/', '-')}.log`)
    const server = await ServerProcess.start(script, environment, log, nodeFlags)
    this.servers.push(server)
    return server
  }

  private async sweep(): Promise<void> {
    const { smallMembers, largeMembers } = this.world.settings
    for (const size of [smallMembers, largeMembers]) {
      const connection = await this.mariadb.connect(databaseOf(size))
      for (const table of ['session', 'consent', 'event']) await connection.query(`TRUNCATE TABLE ${table}`)
      await connection.end()
    }
  }
}
