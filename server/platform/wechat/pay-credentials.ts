import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** A public key of WeChat Pay and the id that messages use for it. */
export interface WechatPublicKey {
  /** `PUB_KEY_ID_…` */
  id: string
  key: KeyObject
}

/** The credentials that WeChat Pay gives a merchant, read from a JSON file that only the server may read. */
export interface PayCredentials {
  mchid: string
  appid: string
  /** Serial number of the merchant's API certificate, hexadecimal. */
  certificateSerial: string
  privateKey: KeyObject
  /** 32 characters. */
  apiV3Key: string
  /** Requests ask for the first one. Empty: WeChat signs with platform certificates. */
  wechatPublicKeys: WechatPublicKey[]
}

type Content = Record<string, unknown>

const NEEDED = ['mchid', 'appid', 'certificateSerial', 'privateKeyPem', 'apiV3Key'] as const
const API_V3_KEY_BYTES = 32

/** @throws with the file and the field that is missing or wrong */
export function readPayCredentials(file: string): PayCredentials {
  const fail = (what: string) => new Error(`商户凭据文件 ${file} ${what}`)
  const content = readJson(file, fail)
  const missing = NEEDED.filter((field) => textOf(content, field) === '')
  if (missing.length > 0) throw fail(`缺少：${missing.join('、')}`)
  if (Buffer.byteLength(textOf(content, 'apiV3Key')) !== API_V3_KEY_BYTES) {
    throw fail('的 apiV3Key 应是 32 个字符，请核对商户平台上设置的 APIv3 密钥')
  }
  const wechatPublicKeys = listedKeys(content).map(({ field, id, pem }) => {
    if (!id || !pem) throw fail(`的 ${field} 不完整：要同时写明公钥 ID 和公钥`)
    return {
      id,
      key: parsed(
        () => createPublicKey(pem),
        () => fail(`的 ${field} 不是 PEM 格式的公钥`),
      ),
    }
  })
  // A missing public key may be an oversight, so certificate mode must be stated explicitly.
  if (wechatPublicKeys.length === 0 && content['verification'] !== 'certificate') {
    throw fail(
      '没有写明怎样验证微信的签名：填写 wechatPublicKeyId 和 wechatPublicKeyPem（微信支付公钥），' +
        '没有公钥、只用平台证书的商户写 "verification": "certificate"',
    )
  }
  return {
    mchid: textOf(content, 'mchid'),
    appid: textOf(content, 'appid'),
    certificateSerial: textOf(content, 'certificateSerial'),
    privateKey: parsed(
      () => createPrivateKey(textOf(content, 'privateKeyPem')),
      () => fail('的 privateKeyPem 不是 PEM 格式的私钥'),
    ),
    apiV3Key: textOf(content, 'apiV3Key'),
    wechatPublicKeys,
  }
}

function readJson(file: string, fail: (what: string) => Error): Content {
  const content = parsed(
    () => JSON.parse(readFileSync(file, 'utf8')) as unknown,
    () => fail('读不出来：文件不存在、没有权限，或者不是 JSON'),
  )
  if (typeof content !== 'object' || content === null) throw fail('应是一个 JSON 对象')
  return content as Content
}

/** The keys of the list, or the single key of the older form. */
function listedKeys(content: Content): Array<{ field: string; id: string; pem: string }> {
  const list: unknown = content['wechatPublicKeys']
  if (Array.isArray(list)) {
    return list.map((entry: unknown, index) => {
      const key = typeof entry === 'object' && entry !== null ? (entry as Content) : {}
      return { field: `wechatPublicKeys 第 ${index + 1} 项`, id: textOf(key, 'id'), pem: textOf(key, 'pem') }
    })
  }
  const [id, pem] = [textOf(content, 'wechatPublicKeyId'), textOf(content, 'wechatPublicKeyPem')]
  return id || pem ? [{ field: 'wechatPublicKeyId、wechatPublicKeyPem', id, pem }] : []
}

function textOf(content: Content, field: string): string {
  const value = content[field]
  return typeof value === 'string' ? value : ''
}

function parsed<T>(read: () => T, problem: () => Error): T {
  try {
    return read()
  } catch {
    // The parser's message could contain the key, so it is dropped.
    throw problem()
  }
}
