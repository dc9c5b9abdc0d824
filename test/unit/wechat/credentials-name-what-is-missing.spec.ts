import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readPayCredentials } from '../../../server/platform/wechat/pay-credentials.js'

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })

describe('A credentials file', () => {
  const [ours, theirs, next] = [pair(), pair(), pair()]
  const directory = mkdtempSync(join(tmpdir(), 'zhibu-credentials-'))
  const file = join(directory, 'merchant.json')
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const base = {
    mchid: '1900000109',
    appid: 'wx0000000000000000',
    certificateSerial: '5'.repeat(40),
    privateKeyPem: ours.privateKey,
    apiV3Key: 'k'.repeat(32),
  }
  const single = { wechatPublicKeyId: 'PUB_KEY_ID_01', wechatPublicKeyPem: theirs.publicKey }
  const read = (content: unknown) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return readPayCredentials(file)
  }

  it('names one public key, several, or says that there are certificates only', () => {
    const list = [
      { id: 'PUB_KEY_ID_02', pem: next.publicKey },
      { id: 'PUB_KEY_ID_01', pem: theirs.publicKey },
    ]
    const idsOf = (content: object) => read({ ...base, ...content }).wechatPublicKeys.map(({ id }) => id)
    expect(idsOf(single)).toEqual(['PUB_KEY_ID_01'])
    expect(idsOf({ ...single, wechatPublicKeys: list })).toEqual(['PUB_KEY_ID_02', 'PUB_KEY_ID_01'])
    expect(idsOf({ verification: 'certificate' })).toEqual([])
  })

  it.each([
    ['no way to verify', base, '没有写明怎样验证微信的签名'],
    ['an empty list', { ...base, wechatPublicKeys: [] }, '没有写明怎样验证微信的签名'],
    ['an id without its key', { ...base, wechatPublicKeyId: 'PUB_KEY_ID_01' }, 'wechatPublicKeyPem 不完整'],
    [
      'a list with half an entry',
      { ...base, wechatPublicKeys: [{ id: 'PUB_KEY_ID_01', pem: theirs.publicKey }, { id: 'x' }] },
      'wechatPublicKeys 第 2 项 不完整',
    ],
    ['a public key that is none', { ...base, ...single, wechatPublicKeyPem: 'abc' }, '不是 PEM 格式的公钥'],
    ['a private key that is none', { ...base, ...single, privateKeyPem: 'abc' }, 'privateKeyPem 不是 PEM'],
    ['a short secret', { ...base, ...single, apiV3Key: 'short' }, 'apiV3Key 应是 32 个字符'],
    ['nothing of its own', single, '缺少：mchid、appid、certificateSerial、privateKeyPem、apiV3Key'],
    ['no JSON', '{"mchid":', '读不出来'],
    ['a list', '[]', '缺少：mchid'],
    ['nothing', 'null', '应是一个 JSON 对象'],
  ])('with %s is refused, naming file and field, never a key', (_, content, reason) => {
    let message = ''
    try {
      read(content)
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain(file)
    expect(message).toContain(reason)
    expect(message).not.toContain('PRIVATE KEY')
  })
})
