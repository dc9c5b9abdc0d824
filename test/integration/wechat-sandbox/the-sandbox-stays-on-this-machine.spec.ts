import { readdir, readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import { SandboxFixture } from './sandbox-fixture.js'

const ROOT = resolve(__dirname, '../../../server/wechat-sandbox')

describe('the sandbox stays on this machine', () => {
  let fixture: SandboxFixture

  beforeAll(async () => {
    fixture = await SandboxFixture.start()
  })
  afterAll(() => fixture.stop())
  afterEach(() => jest.restoreAllMocks())

  it('listens on the loopback interface only', async () => {
    const { port } = new URL(fixture.sandbox.baseUrl)
    expect(fixture.sandbox.baseUrl).toBe(`http://127.0.0.1:${port}`)
    const outward = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of outward) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow()
  })

  it('connects to nothing but a receiver on the loopback interface', async () => {
    const connect = jest.spyOn(Socket.prototype, 'connect')
    await fixture.pay()
    await fixture.receiver.next()
    const remote = await fixture.pay({ notify_url: 'https://example.com/notifications' })
    expect(await fixture.sandbox.control.redeliver(remote)).toBe('no-answer')
    const hosts = (connect.mock.calls as unknown[][]).flat(2).flatMap((argument) => {
      const host = (argument as { host?: unknown } | null)?.host
      return typeof host === 'string' ? [host] : []
    })
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']))
  })

  it('imports nothing of the rest of the server', async () => {
    const names = await readdir(ROOT, { recursive: true })
    const sources = names.filter((name) => name.endsWith('.ts'))
    expect(sources).toContain('sandbox.ts')
    const packages = new Set<string>()
    for (const name of sources) {
      const text = await readFile(join(ROOT, name), 'utf8')
      for (const [, specifier = ''] of text.matchAll(/(?:from|^import) '([^']+)'/gm)) {
        if (!specifier.startsWith('.')) packages.add(specifier.replace(/^node:.*/, 'node:'))
        else expect(resolve(ROOT, dirname(name), specifier).startsWith(ROOT + sep)).toBe(true)
      }
    }
    expect([...packages].sort()).toEqual(['@peculiar/x509', 'node:', 'reflect-metadata'])
  })
})
