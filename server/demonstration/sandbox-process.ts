import { fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface SandboxCredentials {
  mchid: string
  appid: string
  appSecret: string
}

/**
 * Starts the WeChat sandbox as a child process. It ends with this process.
 * @param port tried first; if it is taken, any free port is used
 * @returns its address
 */
export async function startSandbox(stateDir: string, port: number): Promise<string> {
  try {
    return await launch(stateDir, port)
  } catch {
    return launch(stateDir, 0)
  }
}

function launch(stateDir: string, port: number): Promise<string> {
  const child = fork(join(__dirname, '../wechat-sandbox/main.js'), {
    env: {
      ...process.env,
      SANDBOX_STATE_DIR: stateDir,
      SANDBOX_PORT: String(port),
      // One minute of WeChat's retry schedule takes 1.2 s here.
      SANDBOX_RETRY_SCALE: process.env['SANDBOX_RETRY_SCALE'] ?? '0.02',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    let errors = ''
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.once('exit', () => reject(new Error(`微信沙箱没有启动：\n${errors}`)))
    const { stdout } = child
    if (!stdout) return
    createInterface(stdout).once('line', (line) => {
      // Node keeps the parent running while a child runs. `unref` lets the demonstration end with the server.
      child.unref()
      child.channel?.unref()
      resolve((JSON.parse(line) as { baseUrl: string }).baseUrl)
    })
  })
}

/** Reads the credentials of the merchant that the sandbox created. */
export function readSandboxCredentials(stateDir: string): { credentials: SandboxCredentials; file: string } {
  const name = readdirSync(stateDir).find((entry) => /^merchant-\d+\.json$/.test(entry))
  if (!name) throw new Error(`微信沙箱的文件夹 ${stateDir} 里没有商户凭据`)
  const file = join(stateDir, name)
  return { credentials: JSON.parse(readFileSync(file, 'utf8')) as SandboxCredentials, file }
}
