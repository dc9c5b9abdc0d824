import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { BUILD_DIR } from './settings.js'

const READY_WITHIN_MS = 60_000
/** What the kernel counts processor time in. */
const TICKS_PER_SECOND = 100

/** A program that answers HTTP, as a process of its own, seen from outside as an operator sees it. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    /** From the start of the process to its first answer. */
    readonly startedAfterMs: number,
  ) {}

  /**
   * @param script below the folder of the build
   * @param environment all of it; the port is added
   * @param logFile where standard output goes, as it would under a supervisor
   * @param nodeFlags what its operator gives to Node
   */
  static async start(
    script: string,
    environment: NodeJS.ProcessEnv,
    logFile: string,
    nodeFlags: readonly string[] = [],
  ): Promise<ServerProcess> {
    const port = await freePort()
    const startedAt = performance.now()
    const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter(Boolean)
    const child = spawn(process.execPath, [...nodeFlags, ...flags, join(BUILD_DIR, script)], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment, PORT: String(port) },
      stdio: ['ignore', openSync(logFile, 'a'), 'pipe'],
    })
    // Whatever ends the bench, nothing of it stays behind.
    process.once('exit', () => child.kill('SIGTERM'))
    let complaint = ''
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    const url = `http://127.0.0.1:${port}`
    while (!(await answers(`${url}/healthz`))) {
      if (child.exitCode !== null) throw new Error(`${script} ended:\n${complaint}`)
      if (performance.now() - startedAt > READY_WITHIN_MS) {
        child.kill('SIGKILL')
        throw new Error(`${script} did not answer:\n${complaint}`)
      }
      await pause(5)
    }
    return new ServerProcess(url, child, performance.now() - startedAt)
  }

  /** Processor time used so far, user and system, of all its threads. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }

  residentMb(): number {
    return this.statusMb('VmRSS')
  }

  /** The most it was since the start, or since `forgetPeak`. */
  peakMb(): number {
    return this.statusMb('VmHWM')
  }

  async stop(): Promise<void> {
    // Nest stops the server and then lets the signal end the process: there is no exit code then.
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    await gone
  }

  private statusMb(field: string): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
