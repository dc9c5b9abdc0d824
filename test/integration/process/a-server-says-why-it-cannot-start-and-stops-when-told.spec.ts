import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWechatSandbox, type WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'
import { BuiltServer, buildServer, freePort, refusalToStart } from './built-server.js'

/** Building takes its time on a small machine. */
jest.setTimeout(180_000)

describe('A server says why it cannot start, and stops when it is told to', () => {
  let dataDir: string
  let wechat: WechatSandbox
  let settings: Record<string, string>

  beforeAll(async () => {
    buildServer()
    dataDir = mkdtempSync(join(tmpdir(), 'zhibu-start-'))
    const stateDir = join(dataDir, 'wechat')
    wechat = await startWechatSandbox({ stateDir })
    settings = { DATA_DIR: dataDir, SANDBOX_URL: wechat.baseUrl, SANDBOX_STATE_DIR: stateDir }
  })
  afterAll(async () => {
    await wechat.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('a port that is taken is named, with another that may be free', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    try {
      const { words, code } = await refusalToStart(port, settings)
      expect(words).toContain(`端口 ${port} 已被别的程序占用。`)
      expect(words).toContain(`PORT=${port + 10}`)
      expect(words).not.toMatch(/^\s+at /m)
      expect(code).toBe(1)
    } finally {
      other.close()
    }
  })

  it('a setting that cannot be is named', async () => {
    const { words, code } = await refusalToStart(0, { ...settings, SESSION_SECONDS: 'a week' })
    expect(words).toContain('SESSION_SECONDS')
    expect(words).not.toMatch(/^\s+at /m)
    expect(code).toBe(1)
  })

  it('it stops when it is told to, and what it said until then is in its log', async () => {
    const log = join(dataDir, 'server.log')
    const server = await BuiltServer.start(await freePort(), { ...settings, LOG_LEVEL: 'info' }, log)
    try {
      expect((await fetch(`${server.baseUrl}/api/v1/me`)).status).toBe(401)
      expect(await server.stop()).toBeNull()
      await expect(fetch(`${server.baseUrl}/healthz`)).rejects.toThrow('fetch failed')
      const lines = readFileSync(log, 'utf8').split('\n')
      expect(lines.filter((line) => line.includes('"route":"/api/v1/me"'))).toHaveLength(1)
    } finally {
      await server.kill()
    }
  })
})
