import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger } from '@nestjs/common'
import { Clock } from '../../../server/platform/config/clock.js'
import { MerchantKeys } from '../../../server/platform/wechat/merchant-keys.js'

describe('Credentials that others may read', () => {
  const directory = mkdtempSync(join(tmpdir(), 'zhibu-credentials-'))
  const file = join(directory, 'merchant.json')
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const reloaded = jest.spyOn(Logger.prototype, 'log').mockReturnValue()
  const logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue()

  const write = (certificateSerial: string, mode: number) => {
    const content = {
      mchid: '1900000109',
      appid: 'wx0000000000000000',
      certificateSerial,
      privateKeyPem: privateKey,
      apiV3Key: 'k'.repeat(32),
      verification: 'certificate',
    }
    rmSync(file, { force: true })
    writeFileSync(file, JSON.stringify(content))
    chmodSync(file, mode)
  }
  const open = (mustBePrivate: boolean) =>
    new MerchantKeys(file, 'https://api.mch.weixin.qq.com', new Clock(), mustBePrivate)

  beforeEach(() => logged.mockClear())
  afterAll(() => {
    logged.mockRestore()
    reloaded.mockRestore()
    rmSync(directory, { recursive: true, force: true })
  })

  it.each([0o644, 0o640, 0o604, 0o660])(
    'stop the start with mode %o, saying which file and which command',
    (mode) => {
      write('5'.repeat(40), mode)
      expect(() => open(true)).toThrow(
        `商户凭据文件 ${file} 其他人也能读（权限 ${mode.toString(8)}）。请执行 chmod 600 ${file}`,
      )
    },
  )

  it('are let pass where nothing is secret, and a private file everywhere', () => {
    write('5'.repeat(40), 0o644)
    expect(open(false).credentials.mchid).toBe('1900000109')
    write('5'.repeat(40), 0o600)
    expect(open(true).credentials.mchid).toBe('1900000109')
  })

  it('are not taken over while we run: the old keys stay until the command was run', () => {
    write('5'.repeat(40), 0o600)
    const keys = open(true)
    write('7'.repeat(40), 0o644)
    expect(keys.readAgain()).toBe(false)
    expect(keys.credentials.certificateSerial).toBe('5'.repeat(40))
    const [said] = logged.mock.calls[0] as [{ file: string; error: Error }]
    expect(said.file).toBe(file)
    expect(said.error.message).toContain(`chmod 600 ${file}`)
    chmodSync(file, 0o600)
    expect(keys.readAgain()).toBe(true)
    expect(keys.credentials.certificateSerial).toBe('7'.repeat(40))
  })
})
