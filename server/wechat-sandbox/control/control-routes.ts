/**
 * The control endpoints. A test or the demonstration uses them to act as the phone and the payer, and to plan faults.
 *
 * Bodies and answers are JSON. A refused call answers 400, 404 or 409 with `{ "error": "…" }`.
 *
 *     POST   /_control/people          { openid?, phone?, unionid? }   → { openid, phone?, unionid? }
 *     POST   /_control/login-codes     { openid }                      → { code }          as wx.login
 *     POST   /_control/phone-codes     { openid, phone? }              → { code }          as the phone-number button
 *     POST   /_control/payment-sheet   { openid, params }              → { description, amountFen }, or 409 { errMsg }
 *     POST   /_control/payments        { openid, params, cancel? }     → { errMsg }        as wx.requestPayment
 *     GET    /_control/orders/:tradeNo [?mchid=]                       → state, amount, transaction, notifications
 *     POST   /_control/notifications   { tradeNo, mchid? }             → { status }        delivers it once more at once
 *     DELETE /_control/access-tokens                                   → {}                every token then answers 40001
 *     POST   /_control/faults          { kind, times?, … }             → {}
 *     DELETE /_control/faults                                          → {}
 *     GET    /_control/requests        [?last=50]                      → { requests: [{ at, method, path, status, code? }] }
 *
 * `params` is the argument of wx.requestPayment: timeStamp, nonceStr, package, signType, paySign.
 *
 * How merchants verify, and the signing keys of WeChat:
 *
 *     POST   /_control/merchants       { mchid, verification?, publicKeyPercent?, subMerchants? }
 *                                                                      → the merchant, added or changed
 *     GET    /_control/platform-keys                                   → { keys: [{ serial, kind, signing, signsFrom? }] }
 *     POST   /_control/platform-keys   { kind, signsInMs? }            → the new key
 *     POST   /_control/platform-keys/:serial/signing { inMs? }         → the key; it signs from then on (0: now)
 *     DELETE /_control/platform-keys/:serial                           → {}, or 409 while it signs
 *
 * `verification` is 'public-key' (the default of a new merchant), 'certificate' or 'both'. In mode 'both' an answer is
 * signed with the public key when the request's Wechatpay-Serial begins with PUB_KEY_ID_, otherwise with the certificate.
 * The public key signs `publicKeyPercent` percent of the notifications (0 to 100, 0 by default), evenly spread.
 * `kind` is 'certificate' or 'public-key'. To rotate a key: POST without `signsInMs` lists a new key beside the old one (in
 * /v3/certificates or in the credentials file), `signing` starts to use it, and DELETE retires the old one.
 * `merchant-<mchid>.json` is rewritten each time. It holds `verification`, `wechatPublicKeyId` and `wechatPublicKeyPem` (the
 * newest key) and `wechatPublicKeys` (all keys, `[{ id, pem }]`, oldest first); mode 'certificate' lacks the last three.
 * `subMerchants` is `[{ mchid, appid? }]`. A merchant with sub-merchants is a partner (`"mode": "partner"` in the file, else
 * "direct") and uses only /v3/pay/partner/…. `appid` is the sub-merchant's own mini-program, for sub_appid and sub_openid.
 *
 * The console of the mini-program, and the person's answer to messages:
 *
 *     POST   /_control/subscribe-templates { fields, templateId? }     → { templateId }    fields like ["thing1", "time2"]
 *     POST   /_control/subscriptions   { openid, templateId, accepts? } → { quota }        taps on "允许"; 0 means "拒绝"
 *     GET    /_control/people/:openid/messages                         → { messages: [{ at, templateId, page?, data }] }
 *     POST   /_control/planted-words   { word, suggest?, label? }      → {}                risky (default), review, pass
 *     POST   /_control/pages           { pages? }                      → {}                pages that exist; absent: every page
 *     POST   /_control/message-push    { url, token, encodingAesKey, mode? } → {}, or 409 when url does not echo
 *     GET    /_control/events/:traceId                                 → { state, attempts, message }
 *     POST   /_control/events/:traceId/delivery                        → { status }        sends it once more at once
 *
 * A text or picture address that contains a planted word gets the verdict of that word. `mode` is safe (default), compatible
 * or plain. Content checks work for a person only within two hours after a sign-in (jscode2session).
 *
 * Kinds of faults. `times` is a number or "until-cleared". By default a fault applies once; 'down' applies until cleared.
 * DELETE /_control/faults ends all faults, sends delayed answers and delivers a notification that 'notifications-swapped' held.
 *
 *     down                                            every connection to WeChat breaks
 *     delay        { ms, path? }                      the call is executed at once, the answer comes later; at most 60000 ms
 *     api-error    { errcode, errmsg?, path? }        api.weixin.qq.com answers this errcode
 *     pay-error    { status, code, message?, path?, retryAfterSeconds? }
 *                                                     api.mch.weixin.qq.com refuses (after authentication), signed
 *     gateway-error { status?, path?, retryAfterSeconds? }
 *                                                     an unsigned HTML page, 502 by default; the call is not executed
 *     order-answer-lost                               the order is stored, then the connection breaks
 *     answer-lost  { path? }                          the same for any WeChat Pay call
 *     answer-spoiled        { spoil? }                an answer that the receiver must refuse
 *     notification-withheld                           the next payment's notification is not sent
 *     notification-duplicated                         it is sent twice at the same moment
 *     notifications-swapped                           it is sent after the notification of the next payment
 *     notification-early    { during? }               the person pays before the answer to an 'order' (default) or a
 *                                                     'query' is sent: the notification comes first, and the answer
 *                                                     to the query still says NOTPAY
 *     notification-spoiled  { spoil? }                one notification attempt that the receiver must refuse
 *     transaction-altered   { amountFen?, payerOpenid?, mchid?, appid?, tradeNo?, transactionId?, message? }
 *                                                     a correctly signed 'notification' or 'query' (by default the
 *                                                     next of either) has these values instead; for a partner
 *                                                     sub_mchid and sp_appid are changed
 *     push-withheld                                   the next event (picture check) is not sent
 *     push-spoiled          { spoil? }                one event that the receiver must refuse: tampered (default),
 *                                                     unsigned, other-app
 *
 * `path` may end in `*`. `spoil`: tampered (default), unsigned, stale, future, unknown-serial, signature-test; for
 * notifications also bad-tag.
 */
import { jsonAnswer, type SandboxAnswer, type SandboxRequest } from '../http/exchange.js'
import { parseJsonObject } from '../http/json.js'
import { matchRoute, type Route } from '../http/routes.js'
import { contentRoutes } from './content-routes.js'
import { postRoute as post, type ControlHandler } from './control-call.js'
import { ControlError } from './control-error.js'
import { optionalText, readPaymentParams, readTimes, requiredText } from './control-input.js'
import { readFault } from './fault-input.js'
import { platformRoutes } from './platform-routes.js'
import type { SandboxControl } from './sandbox-control.js'

/** @returns the function that answers everything below `/_control/`. */
export function controlApi(control: SandboxControl): (request: SandboxRequest) => Promise<SandboxAnswer> {
  const routes = controlRoutes(control)
  return async (request) => {
    try {
      const match = matchRoute(routes, request.method, request.path)
      if (!match) throw new ControlError(404, `no control ${request.method} ${request.path}`)
      const body = request.method === 'POST' ? parseJsonObject(request.body) : {}
      if (!body) throw new ControlError(400, 'the body must be a JSON object')
      return await match.route.handle({ params: match.params, query: request.query, body })
    } catch (error) {
      if (!(error instanceof ControlError)) throw error
      return jsonAnswer(error.status, { error: error.message })
    }
  }
}

function controlRoutes(control: SandboxControl): Route<ControlHandler>[] {
  return [
    post('people', async (body) => {
      const [openid, phone, unionid] = ['openid', 'phone', 'unionid'].map((field) =>
        optionalText(body, field),
      )
      const person = await control.registerPerson({ openid, phone, unionid })
      return jsonAnswer(201, { openid: person.openid, phone: person.phone, unionid: person.unionid })
    }),
    post('login-codes', async (body) =>
      jsonAnswer(201, { code: await control.loginCode(requiredText(body, 'openid')) }),
    ),
    post('phone-codes', async (body) => {
      const code = await control.phoneCode(requiredText(body, 'openid'), optionalText(body, 'phone'))
      return jsonAnswer(201, { code })
    }),
    post('payment-sheet', (body) => {
      const view = control.paymentSheet(requiredText(body, 'openid'), readPaymentParams(body))
      return jsonAnswer('errMsg' in view ? 409 : 200, { ...view })
    }),
    post('payments', async (body) => {
      if (body['cancel'] === true) return jsonAnswer(200, control.cancelPayment())
      return jsonAnswer(200, await control.pay(requiredText(body, 'openid'), readPaymentParams(body)))
    }),
    post('notifications', async (body) => {
      const status = await control.redeliver(requiredText(body, 'tradeNo'), optionalText(body, 'mchid'))
      return jsonAnswer(200, { status })
    }),
    post('faults', (body) => {
      control.plan(readFault(body), readTimes(body))
      return jsonAnswer(201, {})
    }),
    ...platformRoutes(control.platform),
    ...contentRoutes(control.content),
    ...readingRoutes(control),
  ]
}

function readingRoutes(control: SandboxControl): Route<ControlHandler>[] {
  return [
    {
      method: 'GET',
      pattern: '/_control/orders/:tradeNo',
      handle: ({ params, query }) =>
        jsonAnswer(200, { ...control.order(params['tradeNo'] ?? '', query.get('mchid') ?? undefined) }),
    },
    {
      method: 'DELETE',
      pattern: '/_control/faults',
      handle: () => {
        control.clearFaults()
        return jsonAnswer(200, {})
      },
    },
    {
      method: 'DELETE',
      pattern: '/_control/access-tokens',
      handle: async () => {
        await control.revokeAccessTokens()
        return jsonAnswer(200, {})
      },
    },
    {
      method: 'GET',
      pattern: '/_control/requests',
      handle: ({ query }) => {
        const last = Number(query.get('last') ?? 50)
        if (!Number.isInteger(last) || last < 1)
          throw new ControlError(400, 'last must be a positive integer')
        return jsonAnswer(200, { requests: control.requests(last) })
      },
    },
  ]
}
