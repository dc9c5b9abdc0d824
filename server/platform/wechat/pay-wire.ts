import { Logger } from '@nestjs/common'
import { isAxiosError, type AxiosInstance, type AxiosRequestConfig } from 'axios'
import type { Clock } from '../config/clock.js'
import type { MerchantKeys } from './merchant-keys.js'
import { PayRefusal, payErrorOf } from './pay-errors.js'
import { isProbe, signatureHeaders, type SignatureHeaders } from './signed-message.js'
import { signedClient } from './signed-client.js'

const TIMEOUT_MS = 8_000
/** How many characters of WeChat's message the log keeps. */
const MOST_WORDS = 120

/** Sends the requests of one merchant to WeChat Pay with its current keys. */
export class PayWire {
  private readonly logger = new Logger(PayWire.name)
  private client: { version: object; serial: string | undefined; http: AxiosInstance } | undefined

  constructor(
    private readonly keys: MerchantKeys,
    private readonly payUrl: string,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a request that is safe to repeat. It is sent a second time when the first answer was a signature probe of
   * WeChat, or when the first answer led to new keys.
   * @param patienceMs total time for fetching keys and for both attempts
   * @returns the verified answer
   * @throws PayRefusal, PayUnreachable
   */
  async send<T>(request: AxiosRequestConfig, patienceMs = TIMEOUT_MS): Promise<T> {
    const end = performance.now() + patienceMs
    // Axios treats a timeout of 0 as no timeout.
    const left = () => Math.max(1, Math.round(end - performance.now()))
    await this.keys.ready(left())
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once<T>({ timeout: left(), ...request })
      } catch (error) {
        if (attempt === 1 && (await this.shouldSendAgain(error, left()))) continue
        const failure = payErrorOf(error)
        this.logger.warn(
          {
            url: request.url?.split('?')[0],
            status: isAxiosError(error) ? error.response?.status : undefined,
            code: failure instanceof PayRefusal ? failure.wechatCode : undefined,
            said: failure instanceof PayRefusal ? failure.wechatMessage.slice(0, MOST_WORDS) : undefined,
            reason: error instanceof Error ? error.message : '',
          },
          'WeChat Pay request failed',
        )
        throw failure
      }
    }
  }

  private async once<T>(request: AxiosRequestConfig): Promise<T> {
    const { http, serial } = this.current()
    // Without this header WeChat signs the answer with a certificate, also for a merchant in public-key mode.
    const headers = serial === undefined ? {} : { 'Wechatpay-Serial': serial }
    return (await http.request<T>({ ...request, headers })).data
  }

  private current(): { serial: string | undefined; http: AxiosInstance } {
    const { version, book, credentials } = this.keys
    const now = this.clock.now()
    const serial = book.askedFor(now)
    if (this.client?.version !== version || this.client.serial !== serial) {
      this.client = { version, serial, http: signedClient(credentials, book.byName(now), this.payUrl) }
    }
    return this.client
  }

  private async shouldSendAgain(error: unknown, patienceMs: number): Promise<boolean> {
    const { response } = isAxiosError(error) ? error : {}
    if (!response) return false
    if (response.status === 401) return this.keys.readAgain()
    if (response.status >= 300) return false
    const headers = lowerCased(response.headers)
    return isProbe(headers) || (!this.knows(headers) && (await this.keys.lookUp(headers.serial, patienceMs)))
  }

  private knows({ serial }: SignatureHeaders): boolean {
    return this.keys.book.keyOf(serial, this.clock.now()) !== undefined
  }
}

const lowerCased = (headers: object): SignatureHeaders =>
  signatureHeaders(
    Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value as unknown]),
    ),
  )
