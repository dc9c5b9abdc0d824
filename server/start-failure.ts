import { ConfigError } from './platform/config/config.js'

/** Prints why the server did not start, and exits. It prints a stack only for an unexpected error. */
export function explainStart(error: unknown): void {
  const port = takenPort(error)
  if (port !== undefined) {
    return end(`端口 ${port} 已被别的程序占用。请关掉那个程序，或换一个端口再启动，例如 PORT=${port + 10}。`)
  }
  const expected =
    error instanceof ConfigError || (error instanceof Error && /[\u4e00-\u9fff]/.test(error.message))
  const text =
    error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error)
  end(text)
}

function end(text: string): void {
  process.stderr.write(`服务没有启动。\n${text}\n`)
  process.exit(1)
}

function takenPort(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') return undefined
  return 'port' in error ? Number(error.port) : undefined
}
