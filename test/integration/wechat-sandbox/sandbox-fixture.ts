import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  startWechatSandbox,
  type SandboxOptions,
  type WechatSandbox,
} from '../../../server/wechat-sandbox/sandbox.js'
import { MerchantClient, type OrderBody } from './merchant-client.js'
import { NotificationReceiver } from './notification-receiver.js'

export const CHEN = 'oChenGuihua00000000000000001'
export const LIU = 'oLiuDaming000000000000000002'

let tradeNumbers = 0

/** A sandbox with two people, a merchant's client and somebody to receive notifications. */
export class SandboxFixture {
  sandbox: WechatSandbox
  merchant: MerchantClient
  receiver: NotificationReceiver
  /** Moves the sandbox's and the merchant's clock forward. */
  advanceMs = 0

  private stateDir: string

  static async start(options: Partial<SandboxOptions> = {}): Promise<SandboxFixture> {
    const fixture = new SandboxFixture()
    fixture.stateDir = await mkdtemp(join(tmpdir(), 'wechat-sandbox-'))
    fixture.receiver = await NotificationReceiver.start()
    await fixture.boot(options)
    await fixture.sandbox.control.registerPerson({ openid: CHEN, phone: '13800000001' })
    await fixture.sandbox.control.registerPerson({ openid: LIU })
    return fixture
  }

  async restart(options: Partial<SandboxOptions> = {}): Promise<void> {
    await this.sandbox.stop()
    await this.boot(options)
  }

  async stop(): Promise<void> {
    await this.sandbox.stop()
    await this.receiver.stop()
    await rm(this.stateDir, { recursive: true })
  }

  get directory(): string {
    return this.stateDir
  }

  now = (): number => Date.now() + this.advanceMs

  /** The body of an order that nothing is wrong with, under a new trade number. */
  orderBody(changes: Partial<OrderBody> = {}): OrderBody {
    tradeNumbers += 1
    const { appid, mchid } = this.sandbox.credentials()
    return {
      appid,
      mchid,
      description: '2025年6月党费',
      out_trade_no: `DUES${String(tradeNumbers).padStart(8, '0')}`,
      notify_url: this.receiver.url,
      amount: { total: 1250, currency: 'CNY' },
      payer: { openid: CHEN },
      ...changes,
    }
  }

  /** Orders and pays as the payer. @returns the trade number. */
  async pay(changes: Partial<OrderBody> = {}): Promise<string> {
    const body = this.orderBody(changes)
    const prepayId = await this.merchant.prepay(body)
    const { errMsg } = await this.sandbox.control.pay(
      body.payer.openid,
      this.merchant.paymentParams(prepayId),
    )
    if (errMsg !== 'requestPayment:ok') throw new Error(errMsg)
    return body.out_trade_no
  }

  /** Calls a control endpoint. @throws unless it succeeds */
  async control(method: string, name: string, body?: unknown): Promise<Record<string, unknown>> {
    const url = `${this.sandbox.baseUrl}/_control/${name}`
    const response = await fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) })
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`)
    return answer
  }

  /** A merchant's server started anew, with what the credentials say now. */
  reconfigured(): MerchantClient {
    return new MerchantClient(this.sandbox.baseUrl, this.sandbox.credentials(), this.now)
  }

  private async boot(options: Partial<SandboxOptions>): Promise<void> {
    this.sandbox = await startWechatSandbox({
      stateDir: this.stateDir,
      now: this.now,
      retryScale: 0,
      ...options,
    })
    this.merchant = this.reconfigured()
  }
}
