import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CleanUp } from './clean-up.js'
import { ServerProcess } from './server-process.js'
import { BUILD_DIR } from './settings.js'

const PEOPLE = ['o-demo-member00000000000', 'o-demo-secretary00000000', 'o-demo-elder000000000000']
const PAGES = ['me', 'me/bills', 'me/today', 'me/branch']
/** Among so many requests there is one sign-in, and one payment that is opened and given up. */
const SIGNS_IN_EVERY = 50
const PAYS_EVERY = 25

/** `npm start` on the embedded engine, and people who use it. */
export class Demonstration {
  private readonly tokens = new Map<string, string>()

  private constructor(
    private readonly server: ServerProcess,
    private readonly sandboxUrl: string,
  ) {}

  static async start(folder: string, cleanUp: CleanUp): Promise<Demonstration> {
    // The pages of the preview are not part of this build.
    mkdirSync(join(BUILD_DIR, 'preview'), { recursive: true })
    const log = join(folder, 'demonstration.log')
    const server = await ServerProcess.start(
      join(BUILD_DIR, 'server/demonstration/main.js'),
      // Three people stand for a county here: as three people they would be asked to slow down.
      { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'info', LIMITS: 'off' },
      log,
    )
    cleanUp.add(() => server.stop())
    const sandboxUrl = /微信沙箱\s+(http\S+)/.exec(readFileSync(log, 'utf8'))?.[1]
    if (!sandboxUrl) throw new Error('the demonstration did not say where its sandbox is')
    const demonstration = new Demonstration(server, sandboxUrl)
    for (const openid of PEOPLE) await demonstration.signIn(openid)
    return demonstration
  }

  /** One thing that somebody does. @throws when it did not work */
  async act(index: number): Promise<void> {
    const openid = PEOPLE[index % PEOPLE.length] ?? ''
    if (index % SIGNS_IN_EVERY === 1) return this.signIn(openid)
    if (index % PAYS_EVERY === 2) return this.payAndGiveUp()
    await this.ask(openid, 'GET', PAGES[index % PAGES.length] ?? '')
  }

  async memory(): Promise<{ residentMb: number; heapMb: number }> {
    const metrics = await (await fetch(`${this.server.url}/metrics`)).text()
    const heap = Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1])
    return { residentMb: this.server.residentMb(), heapMb: heap / 1024 / 1024 }
  }

  private async signIn(openid: string): Promise<void> {
    const { code } = await json<{ code: string }>(
      await post(`${this.sandboxUrl}/_control/login-codes`, { openid }),
    )
    const statement = await fetch(`${this.server.url}/api/v1/privacy-statement`)
    const { version } = await json<{ version: number }>(statement)
    const session = await post(`${this.server.url}/api/v1/sessions`, { code, privacyVersion: version })
    this.tokens.set(openid, (await json<{ accessToken: string }>(session)).accessToken)
  }

  private async payAndGiveUp(): Promise<void> {
    const [openid = ''] = PEOPLE
    const page = await this.ask<{ items: Array<{ id: string; can: { pay: boolean } }> }>(
      openid,
      'GET',
      'me/bills',
    )
    const bill = page.items.find(({ can }) => can.pay)
    if (!bill) throw new Error('nothing left to pay')
    const { tradeNo } = await this.ask<{ tradeNo: string }>(openid, 'POST', 'payments', {
      billIds: [bill.id],
    })
    await this.ask(openid, 'DELETE', `payments/${tradeNo}`)
  }

  private async ask<T>(openid: string, method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.server.url}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tokens.get(openid)}`,
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return json<T>(answer)
  }
}

const post = (url: string, body: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function json<T>(answer: Response): Promise<T> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text}`)
  return JSON.parse(text) as T
}
