import type { IPayRequest } from 'wechatpay-node-v3/dist/lib/pay-request.interface'
import type { Output } from 'wechatpay-node-v3/dist/lib/interface-v2'

/** wechatpay-node-v3 knows only the real host: this sends its requests to the sandbox and keeps everything else. */
export class RedirectedRequests implements IPayRequest {
  constructor(private readonly baseUrl: string) {}

  post(url: string, params: Record<string, unknown>, headers: Record<string, string>): Promise<Output> {
    return this.send(url, { method: 'POST', headers, body: JSON.stringify(params) })
  }

  get(url: string, headers: Record<string, string>): Promise<Output> {
    return this.send(url, { method: 'GET', headers })
  }

  upload(): Promise<Output> {
    return Promise.reject(new Error('nothing is uploaded here'))
  }

  private async send(url: string, init: RequestInit): Promise<Output> {
    const response = await fetch(url.replace('https://api.mch.weixin.qq.com', this.baseUrl), init)
    const text = await response.text()
    return { status: response.status, data: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }
}
