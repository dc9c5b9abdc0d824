import { ConfigError } from './platform/config/config.js'

/** Says in words why the server did not start; a stack only where the reason is ours. */
export function explainStart(error: unknown): void {
  const expected =
    error instanceof ConfigError || (error instanceof Error && /[\u4e00-\u9fff]/.test(error.message))
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
  process.stderr.write(`服务没有启动。\n${text}\n`)
  process.exit(1)
}
