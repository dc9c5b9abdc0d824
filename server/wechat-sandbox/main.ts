/**
 * Runs the WeChat sandbox as a process of its own.
 *
 * SANDBOX_STATE_DIR   directory for keys and orders (required)
 * SANDBOX_PORT        0 or absent: any free port
 * SANDBOX_RETRY_SCALE scales the waits between notification attempts; 1 is the documented schedule
 * SANDBOX_MERCHANTS   merchant numbers to create, separated by commas
 *
 * Prints one line of JSON, `{"baseUrl":"http://127.0.0.1:…"}`, when it listens. SIGTERM and SIGINT stop it.
 */
import { startWechatSandbox, type SandboxOptions } from './sandbox.js'

function readOptions(env: NodeJS.ProcessEnv): SandboxOptions {
  const stateDir = env['SANDBOX_STATE_DIR']
  if (!stateDir)
    throw new Error('SANDBOX_STATE_DIR is missing: name a directory the sandbox may keep its keys in')
  return {
    stateDir,
    port: readNumber(env, 'SANDBOX_PORT', 0),
    retryScale: readNumber(env, 'SANDBOX_RETRY_SCALE', 1),
    mchids: env['SANDBOX_MERCHANTS']?.split(',').map((mchid) => mchid.trim()),
    report: reportError,
  }
}

function readNumber(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name]
  if (!text) return fallback
  const value = Number(text)
  if (!Number.isFinite(value) || value < 0) throw new Error(`${name} must be a number, not "${text}"`)
  return value
}

function reportError(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}

async function main(): Promise<void> {
  const sandbox = await startWechatSandbox(readOptions(process.env))
  process.stdout.write(`${JSON.stringify({ baseUrl: sandbox.baseUrl })}\n`)
  const stop = (): void => void sandbox.stop().catch(reportError)
  // A sandbox forked by a parent process stops when the parent ends.
  process.once('SIGTERM', stop).once('SIGINT', stop).once('disconnect', stop)
}

main().catch((error: unknown) => {
  reportError(error)
  process.exitCode = 1
})
