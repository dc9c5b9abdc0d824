import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const ROOT = resolve(__dirname, '../../..')
/** A build of the tests' own: `dist` may be in use by a server that somebody looks at. */
const MAIN = join(ROOT, 'test/.output/dist/server/demonstration/main.js')
/** How long a server may take to be ready. */
const READY_WITHIN_MS = 60_000
const ASK_EVERY_MS = 50

/** Builds what `npm start` runs, unless it is there and newer than every source. */
export function buildServer(): void {
  if (existsSync(MAIN) && statSync(MAIN).mtimeMs > newestSource()) return
  const nest = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js')
  execFileSync(process.execPath, [nest, 'build', '-p', 'test/support/tsconfig.built-server.json'], {
    cwd: ROOT,
    stdio: 'pipe',
  })
}

/** The built server as a process of its own. */
export class BuiltServer {
  private constructor(
    readonly baseUrl: string,
    private readonly child: ChildProcess,
  ) {}

  /**
   * Starts it and waits until it says that it is ready.
   * @throws with what it printed when it ends before
   */
  static async start(port: number, settings: Record<string, string | undefined>): Promise<BuiltServer> {
    const { DATABASE_URL: _, ...inherited } = process.env
    const child = spawn(process.execPath, [MAIN], {
      cwd: ROOT,
      env: { ...inherited, ...settings, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    const server = new BuiltServer(`http://127.0.0.1:${port}`, child)
    const deadline = Date.now() + READY_WITHIN_MS
    while (!(await server.isReady())) {
      if (child.exitCode !== null) throw new Error(`the server ended:\n${complaint}`)
      if (Date.now() > deadline) {
        await server.kill()
        throw new Error(`the server was not ready within ${READY_WITHIN_MS} ms:\n${complaint}`)
      }
      await pause(ASK_EVERY_MS)
    }
    return server
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** SIGKILL: it cannot finish anything. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await gone
  }

  /** Resolves when it has died by itself. @throws when it lives on */
  async died(withinMs: number): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    await once(this.child, 'exit', { signal: AbortSignal.timeout(withinMs) })
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.baseUrl}/readyz`)).status === 200
    } catch {
      return false
    }
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function newestSource(): number {
  const sources = readdirSync(join(ROOT, 'server'), { recursive: true, encoding: 'utf8' })
  return Math.max(
    ...sources
      .filter((file) => file.endsWith('.ts'))
      .map((file) => statSync(join(ROOT, 'server', file)).mtimeMs),
  )
}
