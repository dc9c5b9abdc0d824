/** Calls the control endpoints of the sandbox over HTTP. */
export class WechatControl {
  constructor(private readonly baseUrl: string) {}

  async register(openid: string, phone: string): Promise<void> {
    await this.call('people', { openid, phone })
  }

  /** Posts to a control endpoint. @returns status and body of the sandbox's answer */
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
