import { foreignJson } from '../http/foreign-json.js'
import { parseJsonObject, type JsonObject } from '../http/json.js'
import type { Handled, SandboxAnswer, SandboxRequest } from '../http/exchange.js'
import { matchRoute, type Route } from '../http/routes.js'
import type { Faults } from '../control/faults.js'
import type { Clock } from '../state/clock.js'
import type { Merchant, MerchantRegistry } from '../state/merchant-registry.js'
import { randomHex } from '../state/random-text.js'
import type { StateFile } from '../state/state-file.js'
import { signMessage, type SignedMessage } from './message-spoil.js'
import type { EarlyPayment } from './early-payment.js'
import { gatewayAnswer } from './gateway-error.js'
import type { PayHandler, PayResult } from './pay-call.js'
import { PayError } from './pay-error.js'
import { authenticate, checkRequiredHeaders } from './request-authentication.js'
import type { SigningKeys } from './signing-keys.js'

export interface PayParts {
  merchants: MerchantRegistry
  signing: SigningKeys
  faults: Faults
  stateFile: StateFile
  early: EarlyPayment
  now: Clock
}

/** Stands in for api.mch.weixin.qq.com: authenticates requests and signs every answer except a 401. */
export class PayApi {
  constructor(
    private readonly routes: readonly Route<PayHandler>[],
    private readonly parts: PayParts,
  ) {}

  async handle(request: SandboxRequest): Promise<Handled> {
    const { faults, merchants, now } = this.parts
    if (faults.take('down')) return { outcome: 'connection-lost' }
    const gateway = faults.takeAt('gateway-error', request.path)
    if (gateway) {
      const { status, retryAfterSeconds } = gateway
      return { outcome: gatewayAnswer(status, retryAfterSeconds), code: 'GATEWAY' }
    }
    let merchant: Merchant | undefined
    try {
      merchant = authenticate(request, merchants, now)
      const result = await this.carryOut(request, merchant)
      if (this.losesAnswer(request)) return { outcome: 'connection-lost' }
      return { outcome: this.answer(request, merchant, result.body ? 200 : 204, result.body) }
    } catch (error) {
      if (!(error instanceof PayError)) throw error
      const { status, code, message, detail, retryAfterSeconds } = error
      const body = { code, ...(detail ? { detail } : {}), message }
      const outcome = this.answer(request, merchant, status, body)
      if (retryAfterSeconds !== undefined) outcome.headers['Retry-After'] = String(retryAfterSeconds)
      return { outcome, code }
    }
  }

  /** Resolves when the changes are on disk. */
  private async carryOut(request: SandboxRequest, merchant: Merchant): Promise<PayResult> {
    checkRequiredHeaders(request)
    const { faults, stateFile, early } = this.parts
    const fault = faults.takeAt('pay-error', request.path)
    if (fault) throw PayError.of(fault)
    const match = matchRoute(this.routes, request.method, request.path)
    if (!match) throw new PayError(404, 'RESOURCE_NOT_EXISTS', '请求的资源不存在')
    const body = request.method === 'GET' ? {} : parseJsonObject(request.body)
    if (!body) throw new PayError(400, 'PARAM_ERROR', '请求体不是合法的JSON')
    const result = match.route.handle({ merchant, params: match.params, query: request.query, body })
    await stateFile.commit()
    if (result.race) await early.payIfPlanned(result.race)
    return result
  }

  private losesAnswer({ path }: SandboxRequest): boolean {
    const { faults } = this.parts
    const lost = path.endsWith('/jsapi') ? faults.take('order-answer-lost') : undefined
    return (lost ?? faults.takeAt('answer-lost', path)) !== undefined
  }

  /** @param merchant undefined when the caller is unknown; the answer is then not signed. */
  private answer(
    request: SandboxRequest,
    merchant: Merchant | undefined,
    status: number,
    value: JsonObject | undefined,
  ): SandboxAnswer {
    const plain = Buffer.from(value === undefined ? '' : foreignJson(value))
    const { headers, body } = merchant ? this.sign(request, merchant, plain) : { headers: {}, body: plain }
    const contentType: Record<string, string> =
      value === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }
    return {
      status,
      headers: {
        'Request-ID': `08${randomHex(28).toUpperCase()}-0`,
        'Cache-Control': 'no-cache, must-revalidate',
        'Content-Language': 'zh-CN',
        'X-Content-Type-Options': 'nosniff',
        ...contentType,
        ...headers,
      },
      body,
    }
  }

  private sign(request: SandboxRequest, merchant: Merchant, body: Buffer): SignedMessage {
    const { signing, faults } = this.parts
    const requested = request.headers['wechatpay-serial']
    const requestedSerial = typeof requested === 'string' ? requested : undefined
    const signer = signing.forAnswer(merchant, requestedSerial)
    return signMessage(signer, body, faults.take('answer-spoiled')?.spoil, { requestedSerial })
  }
}
