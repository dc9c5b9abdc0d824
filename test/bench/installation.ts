import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import type { World } from './bench.js'
import type { Build } from './builds.js'
import { databaseOf } from './data-set.js'
import { MariadbInstance } from './mariadb-instance.js'
import { productionEnvironment } from './production-environment.js'
import { ServerProcess } from './server-process.js'
import { BUILD_DIR } from './settings.js'

/** The data set of a build with its database running, and servers on it as they are asked for. */
export class Installation {
  private constructor(
    private readonly world: World,
    private readonly build: Build,
    private readonly mariadb: MariadbInstance,
    private readonly keyFile: string,
  ) {}

  /** For reading: what signing in leaves behind is swept out. */
  static async open(world: World, build = world.build): Promise<Installation> {
    const { folder, keyFile } = await world.dataSet(build)
    const mariadb = await MariadbInstance.start(folder)
    world.cleanUp.add(() => mariadb.stop())
    const installation = new Installation(world, build, mariadb, keyFile)
    world.cleanUp.add(() => installation.sweep())
    return installation
  }

  /** A copy to write to, gone afterwards. */
  static async copy(world: World, build = world.build): Promise<Installation> {
    const { folder, keyFile } = await world.dataSet(build)
    const copy = `${folder}.copy`
    const remove = () => rmSync(copy, { recursive: true, force: true })
    remove()
    world.say('  copying the data set')
    world.cleanUp.add(remove)
    execFileSync('cp', ['--archive', '--reflink=auto', folder, copy])
    const mariadb = await MariadbInstance.start(copy)
    world.cleanUp.add(() => mariadb.stop())
    return new Installation(world, build, mariadb, keyFile)
  }

  /** Ends with the bench. */
  async connect(memberCount: number): Promise<Connection> {
    const connection = await this.mariadb.connect(databaseOf(memberCount))
    this.world.cleanUp.add(() => connection.end())
    return connection
  }

  /** The product, as production runs it. */
  product(memberCount: number): Promise<ServerProcess> {
    const { build, mariadb, keyFile, world } = this
    const database = databaseOf(memberCount)
    const folder = join(world.folder, build.name)
    mkdirSync(folder, { recursive: true })
    return this.start(
      join(build.folder, 'server/main.js'),
      productionEnvironment({ mariadb, database, keyFile, wechat: world.wechat, folder }),
      join(folder, 'product.log'),
      build.nodeFlags,
    )
  }

  /**
   * Something to compare it with, which is told where the data and the keys are.
   * @param script below the folder of the benches
   */
  rival(script: string, memberCount: number): Promise<ServerProcess> {
    const { token } = JSON.parse(readFileSync(this.keyFile, 'utf8')) as { token: string }
    const { publicKeyPem, apiV3Key } = this.world.wechat.verification
    const environment = {
      SOCKET: this.mariadb.socket,
      DATABASE: databaseOf(memberCount),
      TOKEN_KEY: token,
      WECHAT_PUBLIC_KEY: publicKeyPem,
      API_V3_KEY: apiV3Key,
    }
    const log = join(this.world.folder, `${script.replaceAll('/', '-')}.log`)
    return this.start(join(BUILD_DIR, 'test/bench', script), environment, log)
  }

  private async start(
    script: string,
    environment: NodeJS.ProcessEnv,
    log: string,
    nodeFlags: readonly string[] = [],
  ): Promise<ServerProcess> {
    const server = await ServerProcess.start(script, environment, log, nodeFlags)
    this.world.cleanUp.add(() => server.stop())
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
