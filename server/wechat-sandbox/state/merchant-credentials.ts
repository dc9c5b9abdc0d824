import type { SubMerchant, VerificationMode } from './sandbox-state.js'

/** The configuration of a merchant's server. It is written to `merchant-<mchid>.json` without empty fields. */
export interface MerchantCredentials {
  /** `partner` (服务商): collects for `subMerchants` and uses `/v3/pay/partner/…` only. */
  mode: 'direct' | 'partner'
  mchid: string
  subMerchants: SubMerchant[]
  appid: string
  appSecret: string
  certificateSerial: string
  /** PKCS#8 PEM. */
  privateKeyPem: string
  /** 32 characters. */
  apiV3Key: string
  /** `certificate`: there is no public key; the server fetches certificates from `/v3/certificates`. */
  verification: VerificationMode
  /** The newest public key, `PUB_KEY_ID_…`; empty in mode `certificate`. */
  wechatPublicKeyId: string
  /** SPKI PEM. */
  wechatPublicKeyPem: string
  /** Every public key that is not retired, oldest first. There are several while WeChat rotates its key. */
  wechatPublicKeys: { id: string; pem: string }[]
}
