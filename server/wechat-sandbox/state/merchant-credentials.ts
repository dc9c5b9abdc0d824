import type { SubMerchant, VerificationMode } from './sandbox-state.js'

/** What a merchant's server is configured with; written to `merchant-<mchid>.json` without what is empty. */
export interface MerchantCredentials {
  /** `partner` (服务商): collects for `subMerchants` over `/v3/pay/partner/…` only. */
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
  /** `certificate`: no public key is known, certificates are fetched from `/v3/certificates`. */
  verification: VerificationMode
  /** The newest public key, `PUB_KEY_ID_…`; empty in mode `certificate`. */
  wechatPublicKeyId: string
  /** SPKI PEM. */
  wechatPublicKeyPem: string
  /** Every public key that is not retired, oldest first: more than one while WeChat changes its key. */
  wechatPublicKeys: { id: string; pem: string }[]
}
