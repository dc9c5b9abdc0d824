import { describePayment, pay, requestLoginCode } from '../host/host-client.js'
import { showModal } from '../overlays/dialogs.js'
import { showPaymentSheet } from '../overlays/payment-sheet.js'
import { api, type Callbacks } from './api.js'

interface SubscriptionOptions {
  tmplIds: string[]
}

export const account = {
  login: api('login', async () => ({ code: await requestLoginCode() })),
  checkSession: api('checkSession', () => undefined),
  requestPayment: api('requestPayment', requestPayment),
  requestSubscribeMessage: api('requestSubscribeMessage', async ({ tmplIds }: SubscriptionOptions) => {
    const { confirm } = await showModal({
      title: '订阅消息',
      content: `小程序请求发送 ${tmplIds.length} 类通知`,
      confirmText: '允许',
      cancelText: '拒绝',
    })
    return Object.fromEntries(tmplIds.map((id) => [id, confirm ? 'accept' : 'reject']))
  }),
}

async function requestPayment(options: object): Promise<void> {
  const params = withoutCallbacks(options)
  const isAgreed = await showPaymentSheet(await describePayment(params))
  if (!isAgreed) throw new Error('cancel')
  const errMsg = await pay(params)
  if (errMsg !== 'requestPayment:ok') throw new Error(errMsg.replace(/^requestPayment:fail\s*/, ''))
}

function withoutCallbacks(options: object): object {
  const { success, fail, complete, ...params } = options as Callbacks & Record<string, unknown>
  void [success, fail, complete]
  return params
}
