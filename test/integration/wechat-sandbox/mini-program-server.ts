import { createDecipheriv, createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WechatSandbox } from '../../../server/wechat-sandbox/sandbox.js'

export type Json = Record<string, unknown>

export interface PushedMessage {
  query: URLSearchParams
  json: Json
}

const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.sort().join('')).digest('hex')

/** The server behind a mini-program, written from the protocol alone: it calls WeChat and receives its messages. */
export class MiniProgramServer {
  readonly token = 'branch'
  readonly encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
  /** Bodies for the next messages; "success" when none is left. */
  answers: string[] = []
  private readonly arrived: PushedMessage[] = []
  private waiting: ((message: PushedMessage) => void)[] = []

  private constructor(
    private readonly server: Server,
    private readonly sandbox: () => WechatSandbox,
  ) {}

  static async start(sandbox: () => WechatSandbox): Promise<MiniProgramServer> {
    const server = createServer()
    const self = new MiniProgramServer(server, sandbox)
    server.on('request', (incoming, response) => {
      const { searchParams: query } = new URL(incoming.url ?? '', 'http://localhost')
      const at = (name: string): string => query.get(name) ?? ''
      if (incoming.method === 'GET') {
        const known = sha1(self.token, at('timestamp'), at('nonce')) === at('signature')
        response.end(known ? at('echostr') : 'who are you')
        return
      }
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        response.end(self.answers.shift() ?? 'success')
        self.accept({ query, json: JSON.parse(Buffer.concat(chunks).toString()) as Json })
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return self
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/wechat/messages`
  }

  get unread(): number {
    return this.arrived.length
  }

  next(): Promise<PushedMessage> {
    const first = this.arrived.shift()
    return first ? Promise.resolve(first) : new Promise((resolve) => this.waiting.push(resolve))
  }

  /** @returns what an encrypted message says. @throws when it is not from WeChat or not for us */
  opened({ query, json }: PushedMessage): Json {
    const encrypted = String(json['Encrypt'])
    const at = (name: string): string => query.get(name) ?? ''
    if (sha1(this.token, at('timestamp'), at('nonce'), encrypted) !== at('msg_signature'))
      throw new Error('signature does not match')
    const key = Buffer.from(`${this.encodingAesKey}=`, 'base64')
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(encrypted, 'base64'), decipher.final()])
    const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
    const end = 20 + plain.readUInt32BE(16)
    if (plain.subarray(end).toString() !== this.sandbox().credentials().appid) throw new Error('not for us')
    return JSON.parse(plain.subarray(20, end).toString()) as Json
  }

  /** Calls api.weixin.qq.com with a token. */
  async call(path: string, body: unknown): Promise<Response> {
    const { baseUrl } = this.sandbox()
    return fetch(`${baseUrl}${path}?access_token=${await this.accessToken()}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
  }

  async json(path: string, body: unknown): Promise<Json> {
    return (await (await this.call(path, body)).json()) as Json
  }

  async accessToken(): Promise<string> {
    const { appid, appSecret: secret } = this.sandbox().credentials()
    const body = JSON.stringify({ grant_type: 'client_credential', appid, secret })
    const response = await fetch(`${this.sandbox().baseUrl}/cgi-bin/stable_token`, { method: 'POST', body })
    return String(((await response.json()) as Json)['access_token'])
  }

  /** Signs a person in, as the mini-program does. @returns their session key */
  async signIn(openid: string): Promise<string> {
    const { appid, appSecret: secret } = this.sandbox().credentials()
    const js_code = await this.sandbox().control.loginCode(openid)
    const query = new URLSearchParams({ appid, secret, js_code, grant_type: 'authorization_code' })
    const response = await fetch(`${this.sandbox().baseUrl}/sns/jscode2session?${query.toString()}`)
    return String(((await response.json()) as Json)['session_key'])
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private accept(message: PushedMessage): void {
    const waiting = this.waiting.shift()
    if (waiting) waiting(message)
    else this.arrived.push(message)
  }
}
