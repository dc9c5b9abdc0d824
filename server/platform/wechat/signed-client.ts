import type { KeyObject } from 'node:crypto'
import type { AxiosInstance } from 'axios'
import { Wechatpay } from 'wechatpay-axios-plugin'
import type { PayCredentials } from './pay-credentials.js'

/** The largest answer that is accepted. Answers of WeChat have a few kilobytes. */
const MOST_ANSWER_BYTES = 1024 * 1024

/**
 * The client library with a merchant's keys. It signs requests and verifies answers. It copies the keys, so changed
 * keys need a new client.
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
    // The library requires at least one entry. An undefined key verifies nothing.
    certs: Object.keys(wechatKeys).length > 0 ? wechatKeys : { none: undefined },
    maxContentLength: MOST_ANSWER_BYTES,
    maxRedirects: 0,
    // The library would read proxies from the environment. Payment requests go directly to WeChat.
    proxy: false,
  }
  return new Wechatpay(config as unknown as ConstructorParameters<typeof Wechatpay>[0]).client.v3
}
