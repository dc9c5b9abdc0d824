/** Speaks to the sandbox's control endpoints over HTTP, as any program outside could. */
export class WechatControl {
  constructor(private readonly baseUrl: string) {}

  async register(openid: string, phone: string): Promise<void> {
    await this.call('people', { openid, phone })
  }

  /** Hands a request on. @returns status and body as the sandbox gave them */
  async call(name: string, body: object): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.baseUrl}/_control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as unknown) }
  }
}
