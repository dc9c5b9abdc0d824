import type { KeyObject } from 'node:crypto'
import type { AxiosInstance } from 'axios'
import { Wechatpay } from 'wechatpay-axios-plugin'
import type { PayCredentials } from './pay-credentials.js'

/** An answer of WeChat is a few kilobytes. */
const MOST_ANSWER_BYTES = 1024 * 1024

/**
 * The client library with a merchant's keys: it signs what is sent and verifies what comes back. It copies the keys,
 * so other keys need another client.
 */
export function signedClient(
  { mchid, certificateSerial, privateKey }: PayCredentials,
  wechatKeys: Record<string, KeyObject>,
  payUrl: string,
): AxiosInstance {
  const config = {
    baseURL: `${payUrl}/`,
    mchid,
    serial: certificateSerial,
    privateKey,
    // The library refuses to work without any; one that is undefined verifies nothing.
    certs: Object.keys(wechatKeys).length > 0 ? wechatKeys : { none: undefined },
    maxContentLength: MOST_ANSWER_BYTES,
    maxRedirects: 0,
    // The library would read proxies from the environment; payment goes to WeChat directly.
    proxy: false,
  }
  return new Wechatpay(config as unknown as ConstructorParameters<typeof Wechatpay>[0]).client.v3
}
