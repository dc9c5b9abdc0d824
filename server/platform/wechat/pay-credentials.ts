import { readFileSync } from 'node:fs'

/** What WeChat Pay gives a merchant, as one JSON file, readable by the server alone. */
export interface PayCredentials {
  mchid: string
  appid: string
  /** Serial number of the merchant's API certificate, hexadecimal. */
  certificateSerial: string
  privateKeyPem: string
  /** 32 characters. */
  apiV3Key: string
  /** `PUB_KEY_ID_…` */
  wechatPublicKeyId: string
  wechatPublicKeyPem: string
}

const NEEDED = [
  'mchid',
  'appid',
  'certificateSerial',
  'privateKeyPem',
  'apiV3Key',
  'wechatPublicKeyId',
  'wechatPublicKeyPem',
] as const

/** @throws naming the file and what it lacks */
export function readPayCredentials(file: string): PayCredentials {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<PayCredentials>
  const missing = NEEDED.filter((key) => typeof content[key] !== 'string' || content[key] === '')
  if (missing.length > 0) throw new Error(`商户凭据文件 ${file} 缺少：${missing.join('、')}`)
  return content as PayCredentials
}
