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
 * Starts the WeChat sandbox as a process of its own, which ends with this one.
 * @param port tried first; any free port when it is taken
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
      // A minute of waiting in the documents is a second here.
      SANDBOX_RETRY_SCALE: process.env['SANDBOX_RETRY_SCALE'] ?? '0.02',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.once('exit', () => reject(new Error(`微信沙箱没有启动：\n${complaint}`)))
    const { stdout } = child
    if (!stdout) return
    createInterface(stdout).once('line', (line) => {
      // Node keeps a parent alive for its child: the demonstration ends when the server does.
      child.unref()
      child.channel?.unref()
      resolve((JSON.parse(line) as { baseUrl: string }).baseUrl)
    })
  })
}

/** The merchant that the sandbox made for us. */
export function readSandboxCredentials(stateDir: string): { credentials: SandboxCredentials; file: string } {
  const name = readdirSync(stateDir).find((entry) => /^merchant-\d+\.json$/.test(entry))
  if (!name) throw new Error(`微信沙箱的文件夹 ${stateDir} 里没有商户凭据`)
  const file = join(stateDir, name)
  return { credentials: JSON.parse(readFileSync(file, 'utf8')) as SandboxCredentials, file }
}
