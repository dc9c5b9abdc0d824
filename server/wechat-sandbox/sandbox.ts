import { mkdir } from 'node:fs/promises'
import { ContentControl } from './control/content-control.js'
import { controlApi } from './control/control-routes.js'
import { Faults } from './control/faults.js'
import { PlatformControl } from './control/platform-control.js'
import { SandboxControl } from './control/sandbox-control.js'
import type { Handled, SandboxRequest } from './http/exchange.js'
import { LoopbackServer } from './http/loopback-server.js'
import { RequestLog } from './http/request-log.js'
import { EarlyPayment } from './pay/early-payment.js'
import { Notifier } from './pay/notifier.js'
import { OrderBook } from './pay/order-book.js'
import { PayApi } from './pay/pay-api.js'
import { PaymentSheet } from './pay/payment-sheet.js'
import { SigningKeys } from './pay/signing-keys.js'
import { transactionRoutes } from './pay/transaction-routes.js'
import type { Clock } from './state/clock.js'
import { CertificateAuthority } from './state/certificate-authority.js'
import { keptPem, newPrivateKeyPem } from './state/key-material.js'
import type { MerchantCredentials } from './state/merchant-credentials.js'
import { MerchantRegistry } from './state/merchant-registry.js'
import { PlatformKeys } from './state/platform-keys.js'
import type { VerificationMode } from './state/sandbox-state.js'
import { StateFile } from './state/state-file.js'
import { AccessTokens } from './weixin/access-tokens.js'
import { ContentCheck } from './weixin/content-check.js'
import { linkRoutes } from './weixin/link-routes.js'
import { loginRoutes } from './weixin/login-routes.js'
import { MessagePush } from './weixin/message-push.js'
import { messageRoutes } from './weixin/message-routes.js'
import { OneTimeCodes } from './weixin/one-time-codes.js'
import { Subscriptions } from './weixin/subscriptions.js'
import { WeixinApi } from './weixin/weixin-api.js'

export const DEFAULT_MCHID = '1900000109'

export interface SandboxOptions {
  /**
   * Directory for keys, merchants, orders and undelivered notifications. It is created when missing. Only one
   * sandbox may use it at a time.
   */
  stateDir: string
  /** 0, the default, picks a free port. */
  port?: number
  /** Merchants to create in addition to those of an earlier run; by default {@link DEFAULT_MCHID}. */
  mchids?: readonly string[]
  /** How new merchants verify WeChat's messages; by default with the public key. */
  verification?: VerificationMode
  /** Scales the waits between notification attempts; 1, the default, is the documented schedule. */
  retryScale?: number
  now?: Clock
  /** Called with errors that no request is waiting for. */
  report?: (error: unknown) => void
}

/** A running sandbox. It stands in for api.weixin.qq.com and api.mch.weixin.qq.com, both on one loopback address. */
export interface WechatSandbox {
  baseUrl: string
  control: SandboxControl
  /** @throws when there is no such merchant. */
  credentials(mchid?: string): MerchantCredentials
  /** Resolves when the port is free and the state is on disk. */
  stop(): Promise<void>
}

/** @throws when the port is taken or the state directory is unreadable. */
export async function startWechatSandbox(options: SandboxOptions): Promise<WechatSandbox> {
  const {
    stateDir,
    port = 0,
    mchids = [DEFAULT_MCHID],
    verification = 'public-key',
    retryScale = 1,
    now = Date.now,
    report = ignore,
  } = options
  await mkdir(stateDir, { recursive: true, mode: 0o700 })
  const stateFile = await StateFile.open(stateDir)
  const { state } = stateFile
  const authority = new CertificateAuthority(await keptPem(stateDir, 'authority-key.pem', newPrivateKeyPem))
  const keys = await PlatformKeys.open(stateDir, state, authority, now)
  const parts = { directory: stateDir, state, authority, keys }
  const merchants = await MerchantRegistry.open(parts, mchids, verification)
  await stateFile.commit()

  const faults = new Faults()
  const requests = new RequestLog()
  const signing = new SigningKeys(keys, now)
  const orders = new OrderBook(state, now)
  const notifier = new Notifier({ stateFile, merchants, signing, faults, now, retryScale, report })
  const sheet = new PaymentSheet({ stateFile, merchants, orders, notifier, now })
  const codes = new OneTimeCodes(state, now)
  const tokens = new AccessTokens(state, now)
  const subscriptions = new Subscriptions(state, now)
  const push = new MessagePush({ stateFile, faults, now, retryScale, report })
  const content = new ContentControl({ stateFile, subscriptions, push })
  const platform = new PlatformControl({ stateFile, merchants, keys, now })
  const control = new SandboxControl({
    stateFile,
    codes,
    tokens,
    sheet,
    notifier,
    faults,
    requests,
    platform,
    content,
  })

  const early = new EarlyPayment({ faults, orders, notifier, stateFile })
  const routes = transactionRoutes({ orders, merchants, keys, faults })
  const pay = new PayApi(routes, { merchants, signing, faults, stateFile, early, now })
  const weixinRoutes = [
    ...loginRoutes({ state, codes, tokens, now }),
    ...messageRoutes({ state, tokens, subscriptions, content: new ContentCheck(state, now), push, now }),
    ...linkRoutes({ state, tokens, now }),
  ]
  const weixin = new WeixinApi(weixinRoutes, faults, stateFile)
  const answerControl = controlApi(control)

  const dispatch = async (request: SandboxRequest): Promise<Handled['outcome']> => {
    if (request.path.startsWith('/_control/')) return answerControl(request)
    const api = request.path.startsWith('/v3/') ? pay : weixin
    const { outcome, code } = await api.handle(request)
    await faults.holdBack(request.path)
    const status = outcome === 'connection-lost' ? outcome : outcome.status
    requests.record({ at: now(), method: request.method, path: request.path, status, code })
    return outcome
  }

  const server = await LoopbackServer.listen(port, dispatch, report)
  notifier.resume()
  push.resume()
  return {
    baseUrl: server.baseUrl,
    control,
    credentials: (mchid = DEFAULT_MCHID) => merchants.credentials(mchid),
    async stop() {
      faults.clear()
      await server.close()
      await notifier.stop()
      await push.stop()
      await stateFile.commit()
    },
  }
}

function ignore(): void {
  // When another program embeds the sandbox, the sandbox has no log of its own.
}
