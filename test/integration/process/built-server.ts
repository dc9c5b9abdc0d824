import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
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
    private readonly child: ChildProcessByStdio<null, null, Readable>,
  ) {}

  /**
   * Starts it and waits until it says that it is ready.
   * @param log file that its log goes to; nowhere when not given
   * @throws with what it printed when it ends before
   */
  static async start(
    port: number,
    settings: Record<string, string | undefined>,
    log?: string,
  ): Promise<BuiltServer> {
    const child = launch(port, settings, log)
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

  /** SIGTERM. @returns the code it ends with, null when the signal ended it */
  async stop(): Promise<number | null> {
    const gone = once(this.child, 'exit', { signal: AbortSignal.timeout(READY_WITHIN_MS) })
    this.child.kill('SIGTERM')
    await gone
    return this.child.exitCode
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

/** @returns what it says when it does not start, and the code it ends with */
export async function refusalToStart(
  port: number,
  settings: Record<string, string | undefined>,
): Promise<{ words: string; code: number | null }> {
  const child = launch(port, settings)
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  await once(child, 'close', { signal: AbortSignal.timeout(READY_WITHIN_MS) })
  return { words, code: child.exitCode }
}

function launch(
  port: number,
  settings: Record<string, string | undefined>,
  log = '/dev/null',
): ChildProcessByStdio<null, null, Readable> {
  const { DATABASE_URL: _, ...inherited } = process.env
  const out = openSync(log, 'w')
  try {
    return spawn(process.execPath, [MAIN], {
      cwd: ROOT,
      env: { ...inherited, ...settings, PORT: String(port) },
      stdio: ['ignore', out, 'pipe'],
    }) as ChildProcessByStdio<null, null, Readable>
  } finally {
    closeSync(out)
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
