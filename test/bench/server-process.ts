import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Program } from './program.js'

const READY_WITHIN_MS = 60_000
/** What the kernel counts processor time in. */
const TICKS_PER_SECOND = 100

/** A program that answers HTTP, as a process of its own, seen from outside as an operator sees it. */
export class ServerProcess {
  private constructor(
    readonly url: string,
    private readonly program: Program,
    /** From the start of the process to its first answer. */
    readonly startedAfterMs: number,
  ) {}

  /**
   * @param script path of the compiled program
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
    const child = spawn(process.execPath, [...nodeFlags, ...flags, script], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment, PORT: String(port) },
      stdio: ['ignore', openSync(logFile, 'a'), 'pipe'],
    })
    const program = new Program(script, child)
    const url = `http://127.0.0.1:${port}`
    while (!(await answers(`${url}/healthz`))) {
      program.checkRunning()
      if (performance.now() - startedAt > READY_WITHIN_MS) {
        child.kill('SIGKILL')
        throw new Error(`${script} did not answer within ${READY_WITHIN_MS / 1000} s; its log is ${logFile}`)
      }
      await pause(5)
    }
    return new ServerProcess(url, program, performance.now() - startedAt)
  }

  /** Processor time used so far, user and system, of all its threads. */
  cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.program.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  }

  residentMb(): number {
    return this.statusMb('VmRSS')
  }

  /** The most it was since the start. */
  peakMb(): number {
    return this.statusMb('VmHWM')
  }

  /** @throws when it has ended although nobody stopped it */
  checkRunning(): void {
    this.program.checkRunning()
  }

  stop(): Promise<void> {
    return this.program.stop()
  }

  private statusMb(field: string): number {
    const status = readFileSync(`/proc/${this.program.pid}/status`, 'utf8')
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
